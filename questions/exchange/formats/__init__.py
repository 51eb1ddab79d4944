"""One module a format, each with a FORMAT that says what it is called and what it can do; nothing else lists them."""
