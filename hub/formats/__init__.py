"""How Django writes times where no template says it, as in the admin: with their zone."""
