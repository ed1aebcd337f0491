"""Conversations kept, feedback on answers, and what has changed since an answer was given."""
