"""The session: changes in, diagnostics out, re-running only what a change can affect."""
