"""Recalling questions."""
