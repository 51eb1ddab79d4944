"""Recalling questions, and practising them until they are known on the day that counts."""
