"""One note as facts with spans: a pure function of (id, bytes) that never raises."""
