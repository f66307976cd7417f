"""Units that let the system keep a watcher running: for systemd and for launchd.

Invariant: pure; whatever the folder is called, the unit starts exactly this command.

Source: systemd.syntax(7) and systemd.service(5), Quoting and Specifiers; launchd.plist(5).

Tests: tests/unit/watch/test_service.py
"""

import plistlib
import re
from collections.abc import Sequence
from pathlib import Path

_PLAIN = re.compile(r"[A-Za-z0-9_./:=@+,-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "%": "%%", "$": "$$", "\n": "\\n", "\t": "\\t"}


def systemd(command: Sequence[str], vault: Path) -> str:
    """Return a user unit that runs ``command``."""
    path = str(vault)
    there = f"ConditionPathIsDirectory={_specifiers(path)}\n" * (path == " ".join(path.split()))
    return f"""\
# Save as ~/.config/systemd/user/{unit_name(vault)}.service, then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now {unit_name(vault)}.service
[Unit]
Description=vaultlint watches {_specifiers(vault.name) or "a vault"}
{there}
[Service]
ExecStart={" ".join(map(_quoted, command))}
Nice=5
Restart=on-failure
RestartSec=30
RestartPreventExitStatus=2
TimeoutStopSec=90

[Install]
WantedBy=default.target
"""


def launchd(command: Sequence[str], vault: Path) -> str:
    """Return a property list that runs ``command`` as a launch agent."""
    agent = {
        "Label": f"org.vaultlint.{unit_name(vault)}",
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 30,
        "ExitTimeOut": 90,
        "ProcessType": "Background",
        "LowPriorityIO": True,
    }
    return plistlib.dumps(agent, sort_keys=False).decode()


def unit_name(vault: Path) -> str:
    """Return a name for the unit of ``vault``, made of letters, digits and hyphens."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", vault.name).strip("-").lower()
    return f"vaultlint-watch-{words}" if words else "vaultlint-watch"


def _quoted(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    return '"' + "".join(_ESCAPES.get(char, char) for char in word) + '"'


def _specifiers(text: str) -> str:
    """Return ``text`` on one line, with no specifier of systemd's in it."""
    return " ".join(text.replace("%", "%%").split())
