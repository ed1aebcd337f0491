"""Articles: their type, loading, cleaning and splitting into passages."""
