"""Accounts: the first administrator, log-in limits, the second factor, and what is known of who did what."""
