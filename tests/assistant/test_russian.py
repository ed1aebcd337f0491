"""What is a word of Russian, and what a model made up."""

import pytest

from assistant.russian import invented


@pytest.mark.parametrize(
    ("sentence", "sources", "found"),
    [
        ("Лавлии и консультанты проводили оценку.", "Lawyers and consultants did.", ["Лавлии"]),
        ("Юристы и консультанты проводили оценку.", "Lawyers and consultants did.", []),
        ("Торвийский закон принят в Торвии.", "Torvia's act was passed.", []),
        ("Нацплан утверждён.", "Нацплан Самерии утверждён 8 июня.", []),
        ("НКЦ ОЭСР получил 23 жалобы.", "The NCP received 23 complaints.", []),
    ],
)
def test_words_that_no_dictionary_and_no_source_has(
    sentence: str, sources: str, found: list[str]
) -> None:
    assert invented(sentence, sources) == found
