"""The suites: what is asked, of what, and which figures come of it."""
