"""What vaultlint knows of a vault, published for other programs: the index and the bibliography."""
