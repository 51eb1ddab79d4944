"""Questions on their way in and out: the formats, and the importer."""
