"""The editors' desk: what editors work with, one concept a module; the admin calls it."""
