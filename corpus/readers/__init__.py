"""Readers: one file a kind of document, each from its bytes to a `Draft`.

They run in the limited worker process (`corpus.worker`), so they may import what they need.
"""
