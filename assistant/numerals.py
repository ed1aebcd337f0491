"""Numbers as they are written, in digits and in words."""

from __future__ import annotations

import re

NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?")
_NUMBER_WORDS = {
    word: value
    for value, group in enumerate(
        """
        zero ноль | one один одна одно одного одной | two два две двух двумя
        | three три трех трёх | four четыре четырех четырёх | five пять пяти | six шесть шести
        | seven семь семи | eight восемь восьми | nine девять девяти | ten десять десяти
        | eleven одиннадцать одиннадцати | twelve двенадцать двенадцати
        | thirteen тринадцать тринадцати | fourteen четырнадцать четырнадцати
        | fifteen пятнадцать пятнадцати | sixteen шестнадцать шестнадцати
        | seventeen семнадцать семнадцати | eighteen восемнадцать восемнадцати
        | nineteen девятнадцать девятнадцати | twenty двадцать двадцати
        """.split("|")
    )
    for word in group.split()
}
_NUMBER_WORDS |= {
    word: 10 * tens
    for tens, group in enumerate(
        """
        thirty тридцать тридцати | forty сорок сорока | fifty пятьдесят пятидесяти
        | sixty шестьдесят шестидесяти | seventy семьдесят семидесяти
        | eighty восемьдесят восьмидесяти | ninety девяносто девяноста
        """.split("|"),
        start=3,
    )
    for word in group.split()
}
ENGLISH_NUMBERS = "|".join(word for word in _NUMBER_WORDS if word.isascii())
"""The words for numbers in English, as a pattern."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_VAGUE_NUMBERS = {"one", "один", "одна", "одно", "одного", "одной"}
"""Too often a pronoun or an article to count as a number."""


def spelled(token: str) -> set[str]:
    """The numbers of "two", "two-day" and "twenty-five"."""
    values = {part: _NUMBER_WORDS[part] for part in token.split("-") if part in _NUMBER_WORDS}
    found = list(values.values())
    if len(found) == 2 and found[0] >= 20 and found[1] < 10:
        return {str(sum(found))}
    return {str(value) for part, value in values.items() if part not in _VAGUE_NUMBERS}


def numbers(text: str) -> set[str]:
    """Numbers written in digits, thousands separators removed, decimal comma as point."""
    return {normal_number(match.group()) for match in NUMBER.finditer(text)}


def normal_number(written: str) -> str:
    """A number in digits without separators of thousands, its decimal comma a point."""
    compact = re.sub(r"[.,\u00a0 ](?=\d{3}(?!\d))", "", written)
    return compact.replace(",", ".")


def is_year(number: str) -> bool:
    """Whether a number can be a year of the last or of this century."""
    return bool(_YEAR.fullmatch(number))
