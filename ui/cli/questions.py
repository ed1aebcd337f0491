"""What can be seen wrong with a question before anything is opened."""

from __future__ import annotations

from ui.cli.errors import WrongUse


def check_question(question: str) -> None:
    """Raise WrongUse for a question that is empty or no text."""
    if not question.strip():
        raise WrongUse("the question is empty; write what you want to know")
    try:
        question.encode()
    except UnicodeEncodeError:
        raise WrongUse("the question is not valid text; write it in UTF-8") from None
