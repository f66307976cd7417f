"""For people who work on vaultlint: generated files and their drift check."""
