"""What readers open: the front page, lists, questions, feeds, and what is not found."""
