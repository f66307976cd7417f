"""The daemon: it keeps a session current while people edit, and fixes what has settled."""
