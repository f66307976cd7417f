"""A real headless Chromium, spoken to over a pipe: for tests of the pages that vaultlint writes.

Skips with a reason where there is no Chromium. The protocol is the browser's own (Chrome DevTools
Protocol): JSON objects ended by a zero byte, commands on its descriptor 3, answers on 4.
"""

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE = 60
"""Seconds after which a browser that says nothing has failed."""

PROGRAM = next(filter(None, map(shutil.which, _NAMES)), None) if os.name == "posix" else None

needs_browser = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")


class Browser:
    """One page of one browser, which may not load anything but files."""

    def __init__(self, profile: Path) -> None:
        assert PROGRAM is not None
        commands, self._out = _pipe()
        self._in, answers = _pipe()
        quiet = os.open(os.devnull, os.O_WRONLY)
        self._pid = os.posix_spawn(
            PROGRAM,
            [PROGRAM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            {**os.environ, "HOME": str(profile)},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, commands, 3),
                (os.POSIX_SPAWN_DUP2, answers, 4),
                (os.POSIX_SPAWN_DUP2, quiet, 2),
            ],
            setpgroup=0,
        )
        for end in (commands, answers, quiet):
            os.close(end)
        self._buffer = b""
        self._count = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        (target,) = [
            each["targetId"]
            for each in self.send("Target.getTargets")["targetInfos"]
            if each["type"] == "page"
        ]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Accessibility"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come before it are kept."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, (method, answer["error"])
                return dict(answer["result"])
            self.events.append(answer)

    def open(self, page: Path, fragment: str = "", *, scripts: bool = True) -> None:
        """Load a file and wait until it and its script are done; or without running any script."""
        self.send("Emulation.setScriptExecutionDisabled", value=not scripts)
        for url in ("about:blank", page.absolute().as_uri() + fragment):
            self.events.clear()
            self.send("Page.navigate", url=url)
            self.wait_for("Page.loadEventFired")
        if scripts:
            self.settle()

    def settle(self) -> None:
        """Wait until what was set off is done and drawn."""
        self.run("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    def wait_for(self, method: str) -> None:
        """Read events until one of that name has come."""
        while all(event.get("method") != method for event in self.events):
            self.events.append(self._next())

    def run(self, script: str) -> Any:
        """Return what ``script`` (an expression) is worth in the page; a promise is awaited."""
        done = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def complaints(self) -> list[str]:
        """Return what the console, the policy and the script had to say since the page was opened."""
        self.run("0")
        said: list[str] = []
        for event in self.events:
            if event["method"] == "Runtime.exceptionThrown":
                said.append(event["params"]["exceptionDetails"]["text"])
            elif event["method"] == "Log.entryAdded":
                said.append(event["params"]["entry"]["text"])
            elif event["method"] == "Runtime.consoleAPICalled":
                said.append(str(event["params"]["args"]))
        return said

    def requests(self) -> list[str]:
        """Return the address of everything that was asked for since the page was opened."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def window(self, width: int, height: int, *, dark: bool = False, touch: bool = False) -> None:
        """Be a window of that size (CSS pixels) in a light or dark theme, without motion."""
        scale = 2 if touch else 1
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=scale, mobile=touch,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.send("Emulation.setEmulatedMedia", features=[scheme, still])

    def press(self, key: str, code: int = 0) -> None:
        """Press and release a key by its name, e.g. "Tab"."""
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        codes = {"windowsVirtualKeyCode": code or {"Tab": 9, "Enter": 13}.get(key, 0)}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, **codes, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, **codes)

    def picture(self, *, whole: bool = False) -> bytes:
        """Return what is seen as a PNG, the whole page if asked."""
        shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(shot["data"])

    def close(self) -> None:
        """End the browser and everything it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._in)
        os.close(self._out)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], _PATIENCE)
            assert ready, f"the browser has said nothing for {_PATIENCE} seconds"
            got = os.read(self._in, 1 << 20)
            assert got, "the browser has ended"
            self._buffer += got
        message, _, self._buffer = self._buffer.partition(b"\0")
        return dict(json.loads(message))


def _pipe() -> tuple[int, int]:
    """Return the two ends of a pipe, both above the descriptors that the browser is given."""
    import fcntl  # not there on Windows, where these tests skip

    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser with an empty profile, and end it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        opened = Browser(Path(folder))
        try:
            yield opened
        finally:
            opened.close()
