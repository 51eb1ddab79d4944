"""What readers say of questions."""
