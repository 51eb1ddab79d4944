"""Django's PostgreSQL, but for a server that has fallen silent: `hub.postgresql` in a database's ENGINE."""
