"""Whole public pages, kept ready in memory and in Redis."""
