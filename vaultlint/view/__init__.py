"""Facts in the shapes other programs know: Obsidian's CachedMetadata, the outline of a note."""
