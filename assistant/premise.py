"""Questions that presuppose something else than the articles say.

"Why did Norway support the assessment?" where the articles name Japan: no passage answers, but a
sentence says the same of another country. The reader is shown that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from assistant.abbreviations import spelled_out
from assistant.context import context
from assistant.countries import countries_of, country
from assistant.evidence import Judged
from assistant.facts import facts, missing
from assistant.numerals import NUMBER, is_year
from assistant.question import Wanted, wanted
from assistant.verify import Quote, quotes_of
from assistant.words import WORD, content_stems, stem, words
from corpus.language import detect
from index.hit import Hit

DENIED = 0.0
"""Log-odds from which a passage counts as denying what a question takes for granted; it counts only
where nothing answers. Of 400 development questions that the judge was not fitted to, 14 were
refused and had one: 12 of these were right to be corrected, one at 0.2 and one at 1.1 were not."""

COVERED = 0.6
"""Share of the question's other content words that the contradicting sentence must have."""

_OWN = re.compile(r"\b(?:its|his|her|сво(?:й|я|ё|е|и|его|ей|их|ю|ём|ем))\b", re.IGNORECASE)
"""Of what is somebody's own, what the articles say of somebody else denies nothing."""

_OF_A_YEAR = frozenset({Wanted.NUMBER, Wanted.MONEY, Wanted.PERCENT, Wanted.PERSON})
"""What differs from year to year: that it is known of another year denies nothing."""

_TOKEN = re.compile(rf"{NUMBER.pattern}(?![\w-])|{WORD.pattern}")
"""A number as it is written ("1,800"), or a word; "two-day" is one."""

_AFTER = 3
"""Words after a number that may be what it counts: "three earlier OSCE workshops"."""

_SUBJECT = 5
"""Words of a question for a yes or no among which stands whom it asks about: "Has the government of
Brazil …", "Принял ли Казахстан …"."""

_ROOT = 4
_ASKING = frozenset(
    stem(word)
    for word in (
        "say said tell told many much long name called take took happen mention state".split()
    )
)


def denied(judged: Sequence[Judged]) -> Judged | None:
    """The passage that most clearly denies what the question takes for granted; None for none."""
    told = [one for one in judged if one.denies is not None and one.denies >= DENIED]
    return max(told, key=lambda one: one.denies or DENIED, default=None)


def contradicted(question: str, hits: Sequence[Hit]) -> tuple[str, Quote] | None:
    """What the question presupposes and the sentence that says otherwise; None when none does.

    The presupposed name, number or month occurs in none of the passages, and the sentence has
    another one of its type while it shares the rest of the question's words.
    """
    language = detect(question)
    shown = " ".join(f"{context(hit)} {' '.join(hit.metadata.countries)}" for hit in hits)
    absent = [one for one in missing(question, shown) if not _is_said(one, shown)]
    quotes = [
        quote for hit in hits if hit.metadata.language == language for quote in quotes_of(hit)
    ]
    if len(absent) != 1 or not quotes or _OWN.search(question):
        return None
    if country(absent[0]) and not _says_which(question, absent[0]):
        return None
    stems = content_stems(spelled_out(question)) - content_stems(absent[0]) - _ASKING
    places = {stem(word): code for word in words(question) if (code := country(word))}
    covered = [_covered(stems, places, one) for one in quotes]
    most = max(covered)
    if most < COVERED:
        return None
    best = (one for one, share in zip(quotes, covered, strict=True) if share == most)
    rival = next((one for one in best if _has_rival(absent[0], question, one.text)), None)
    return (absent[0], rival) if rival else None


def _is_said(name: str, shown: str) -> bool:
    """Whether a name stands there as another form: Kazakh, Kazakhstan; Expo, Expo2017."""
    return name.isalpha() and name[:_ROOT].casefold() in shown.casefold()


def _covered(stems: Set[str], places: Mapping[str, str], quote: Quote) -> float:
    """Share (0..1) of the question's words that a sentence has, with where it stands.

    `places`: those that name a country, with its code; the article's own need not be named.
    """
    about = quote.hit.metadata
    sources = spelled_out(f"{quote.text} {about.title} {quote.hit.passage.section}")
    here = countries_of(f"{sources} {' '.join(about.countries)}")
    left = stems - {word for word, code in places.items() if code in here}
    return len(left & content_stems(sources)) / len(left) if len(left) >= 2 else 0.0


def _says_which(question: str, absent: str) -> bool:
    """Whether a question is about one thing, whichever country it is of.

    "Which law did Brazil adopt?" asks of another law than Germany's, and "Has Brazil adopted it?"
    takes nothing for granted. "Why did Brazil adopt it?" takes for granted that it did, and so does
    what has another name, or a number, to know it by.
    """
    if wanted(question) is Wanted.YES_NO and absent.casefold() in words(question)[:_SUBJECT]:
        return False
    asked = facts(question)
    return wanted(question) is Wanted.REASON or bool(
        asked.numbers or asked.months or asked.names - {absent}
    )


def _beside_numbers(text: str) -> dict[str, set[str]]:
    """Number, no year → stems of the words beside it, one of which it counts or is a number of.

    "The first 31 principles", "Principle 31"; "two-day" says nothing of what comes after it.
    """
    found: dict[str, set[str]] = {}
    tokens = _TOKEN.findall(text)
    for place, token in enumerate(tokens):
        near = [token] if "-" in token else tokens[max(0, place - 1) : place + 1 + _AFTER]
        for number in facts(token).numbers:
            if not is_year(number):
                found.setdefault(number, set()).update(content_stems(" ".join(near)))
    return found


def _has_rival(absent: str, question: str, text: str) -> bool:
    if country(absent):
        return bool(countries_of(text) - countries_of(question))
    asked, said = facts(question), facts(text)
    if absent.startswith("month "):
        return bool(said.months - asked.months)
    if is_year(absent):
        others = filter(is_year, said.numbers - asked.numbers)
        return wanted(question) not in _OF_A_YEAR and any(others)
    if absent[0].isdigit():
        things = _beside_numbers(question).get(absent, set())
        rivals = _beside_numbers(text)
        return any(things & rivals[one] for one in rivals.keys() - asked.numbers)
    named = [name for name in said.names if missing(f"in {name}", question)]
    return absent.isupper() and any(name.isupper() for name in named)
