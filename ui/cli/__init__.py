"""The `ungp` command."""
