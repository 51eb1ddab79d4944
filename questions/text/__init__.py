"""Markdown to safe HTML, and the code blocks in it."""
