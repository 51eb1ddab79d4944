"""Django's SQLite, but for a cursor that it leaves behind: `hub.sqlite3` in a database's ENGINE."""
