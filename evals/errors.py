"""What can go wrong with an evaluation.

EvalError
├── DatasetError    a question set cannot be read; the message names the line and the field
├── BenchError      a public question set is not where, or not what, it should be
├── RunError        a run's folder cannot be used
├── ReplayError     the recorded replies do not fit what is asked now
└── ChoiceError     what was asked for does not exist, or does not go together
"""

from __future__ import annotations


class EvalError(Exception):
    """Any failure of an evaluation; the message says what to do next."""


class DatasetError(EvalError):
    """A question set cannot be read; the message names the line and the field."""


class BenchError(EvalError):
    """A public question set is not where, or not what, it should be."""


class RunError(EvalError):
    """A run's folder cannot be used."""


class ReplayError(EvalError):
    """The recorded replies do not fit what is asked now."""


class ChoiceError(EvalError):
    """What was asked for does not exist, or does not go together."""
