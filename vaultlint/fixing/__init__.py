"""From findings to written notes: what to fix is planned, checked again, then written guardedly.

Invariant: notes are bytes here; a note is changed by ``write.Writer`` alone, never in place.
"""
