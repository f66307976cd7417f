"""What is kept between runs: SQLite files in the user's cache folder, each of which may vanish."""
