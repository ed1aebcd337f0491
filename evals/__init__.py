"""How good the answers are: datasets, metrics and runs."""
