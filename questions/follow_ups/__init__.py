"""The follow-up panel, the drill and the map."""
