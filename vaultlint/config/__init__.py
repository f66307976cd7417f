"""vaultlint.yaml, packs and schemas, turned into rules for each path."""
