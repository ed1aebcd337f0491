"""Embedding, dense and lexical search, the catalogue, and synchronising them."""
