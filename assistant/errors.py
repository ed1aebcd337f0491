"""What can go wrong between a question and its answer.

AssistantError
├── QuestionError       the question cannot be asked as it is
└── ModelError          the language model did not do its part
    ├── ModelUnavailable    it cannot be reached or started
    ├── ModelTimeout        it is too slow
    └── ModelNonsense       it replied with something that is no usable reply
"""


class AssistantError(Exception):
    """Any failure of the assistant; the message says what to do next."""


class QuestionError(AssistantError):
    """The question is empty or too long."""


class ModelError(AssistantError):
    """The language model failed; evidence can still be shown as quotes."""


class ModelUnavailable(ModelError):
    """The language model cannot be reached or started."""


class ModelTimeout(ModelError):
    """The language model did not reply in time."""


class ModelNonsense(ModelError):
    """The language model's reply has no usable content."""
