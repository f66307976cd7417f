"""The vault as position-free keys, links resolved as Obsidian does, and the recorded view of it."""
