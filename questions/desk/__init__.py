"""The editors' desk: what helps to write questions, one concept a module; the admin calls it."""
