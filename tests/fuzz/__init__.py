"""Generated inputs against what reads them: parsing, properties, resolving, citations, rules.

The suite runs some thousand; the long form runs as many as asked, and says what it took:

    python -m tests.fuzz --inputs 1000000

Every input is named by a seed and a number, so what failed can be made again:

    python -m tests.fuzz --seed 7 --first 123456 --inputs 1
"""
