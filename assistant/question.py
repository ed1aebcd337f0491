"""What a question asks for."""

from __future__ import annotations

import re
from enum import Enum

from assistant.facts import facts
from assistant.numerals import numbers
from assistant.parts import as_asked


class Wanted(Enum):
    """The type of thing that answers a question."""

    DATE = "date"
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    PERSON = "person"
    CITY = "city"
    COUNTRY = "country"
    PLACE = "place"
    REASON = "reason"
    LIST = "list"
    YES_NO = "yes or no"
    OTHER = "other"


SINGLE_VALUED = frozenset(
    {
        Wanted.DATE,
        Wanted.MONEY,
        Wanted.PERCENT,
        Wanted.NUMBER,
        Wanted.PERSON,
        Wanted.CITY,
        Wanted.COUNTRY,
        Wanted.PLACE,
        Wanted.YES_NO,
    }
)
"""Types whose answer stands in one place; the others may be spread over several."""

CHECKED = frozenset(
    {
        Wanted.DATE,
        Wanted.MONEY,
        Wanted.PERCENT,
        Wanted.NUMBER,
        Wanted.CITY,
        Wanted.COUNTRY,
    }
)
"""Types that words show: an answer without any of the type is none."""

_PLURAL = re.compile(r"[^su]s$(?<!business)(?<!basis)(?<!chaos)|(?:ss|us)es$")
_AFTER_NOUN = frozenset(
    """
    is are was were be been do does did has have had can could must shall should will would may
    might of in on at by to for from with between about against under during
    """.split()
)
"""Words that end the noun asked for: "which ILO conventions on …", "which measures were …"."""

_TEXTS = (
    r"principle|pillar|resolution|convention|article|section|chapter|law|act|regulation|directive"
    r"|decree|declaration|protocol"
    r"|treaty|принцип|столп|резолюци|конвенци|стать|глав|закон|директив|договор|указ|постановлени"
    r"|деклараци|протокол"
)
_ONE_OF_A_KIND = re.compile(
    rf"^(?:\w+ )?(?:which (?:\w+ ){{0,2}}(?:{_TEXTS})\b"
    rf"|как(?:ой|ая|ое|ую|ого|ому|им|ом)\b (?:\w+ )?(?:{_TEXTS}))"
)
"""A text that says something is one; who leads something can differ from article to article."""

_SPELLING = {
    wrong: right
    for right, group in {
        "how": "hw hou",
        "many": "mny meny mani",
        "which": "wich whch whitch",
        "what": "wat wht waht",
        "when": "wen whn wehn",
        "where": "wher whre were's",
        "who": "hoo whoo",
        "why": "wy",
    }.items()
    for wrong in group.split()
}
"""How people in a hurry write the words that tell what is asked."""

_MISSPELLED = re.compile(rf"\b(?:{'|'.join(_SPELLING)})\b")

_AUXILIARY = "is|are|was|were|do|does|did|has|have|had|can|could|must|will|would|should"
_ASKING = r"who|whom|what|which|when|where|why|how|кто|кому|что|как\w*|когда|где|сколько|почему"

# First match wins, so the more special come first ("how much money" before "how much").
_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.YES_NO,
        rf"^(?:(?:{_AUXILIARY})\b"
        r"(?! (?:you|we|i)\b)|(?!известно|зна|може(?:м|те)|скаж|подска)[\w-]+ ли\b)"
        rf"(?!.*(?:\b(?:and|or|и|или)|\?)\W*(?:\w+ ){{0,2}}(?:{_ASKING})\b)",
    ),
    (
        Wanted.MONEY,
        r"how much (money|funding|did .* (cost|give|pay|spend|contribute))"
        r"|what( is| was)?( the)?( \w+)? ?(sum|amount|budget|turnover|revenue|price|fee)\b"
        r"|how (expensive|costly)|budget of|cost of"
        r"|сколько (денег|средств|сто(ил|ит|ят))|во сколько обо(ш|йд)"
        r"|как(ую|ая|ой|ов) (сумму|сумма|бюджет|оборот|штраф)\b",
    ),
    (
        Wanted.PERCENT,
        r"what (percentage|share|proportion)|how many per ?cent"
        r"|сколько процентов|как(ой|ого) процент|как(ая|ую|ой) (доля|долю|доле)\b",
    ),
    (
        Wanted.DATE,
        r"^(and |since |until |by |from )?when\b|\b(and|or|,) when\b"
        r"|\b(what|which) (\w+ )?(date|year|month|day|period)\b|\bfor (what|which) years\b"
        r"|\b(what|which) years\b.* (cover|run|last)\b"
        r"|^(и )?когда\b|\b(и|или|,) когда\b"
        r"|в каком (году|месяце)|как(ого|ой) (числа|года|месяца|дня|даты)\b"
        r"|(на|за) (какие годы|какой (год|период))\b"
        r"|(?<!по )какому (числу|году|месяцу|дню|сроку)\b|(какой дат(ой|е)|на какое число)\b"
        r"|қашан|nə vaxt|ne zaman",
    ),
    (
        Wanted.NUMBER,
        r"how (many|much|long|often|large)|number of|\bскольк(о|их|им|ими)\b"
        r"|как(ая|ую|ой) часть\b|как(ое|ово|ому) (количеств|числ)[оу]\b"
        r"|қанша|неше|neçə|kaç",
    ),
    (Wanted.CITY, r"(what|which) (city|town|village)\b|в как(ом|ой) (город|сел)\w*|каком городе"),
    (Wanted.COUNTRY, r"(what|which) (country|state|nation)\b|как(ой|ая|ую) стран(е|а|ы|у)\b"),
    (
        Wanted.PLACE,
        r"\bwhere\b|(what|which) (place|venue|building)\b|\bгде\b|в каком месте"
        r"|қайда|harada|nerede",
    ),
    (
        Wanted.LIST,
        r"\bwhat (are\b|were (the|its|their)\b)|\blist\b|\bname (all|the)\b|\bwhose delegations"
        r"|\bwho (else )?(took part|participated|attended|were|are)\b"
        r"|\bwhat (must|should|shall)\b|\bwhat (do|does|did) .*\b(recommend|require|demand|promise"
        r"|oblige|propose|advise|include|cover|want|ask|urge)\b|\ball of it\b"
        r"|\b(что|чего)( [\w-]+){0,6} (должн|обеща|рекоменд|треб|прос[ия]т|предлага|призыва|совету"
        r"|хочет|хотят|добивает)|\b(полный|полная|весь) (перечень|список)\b"
        r"|как(?:их|ими|им) (?:\w+(?:ов|ей|ах|ях|ам|ям|ами|ями)|стран)\b"
        r"|какие|перечисл|назовите|\bкто (участвовал|присутствовал|принял участие)",
    ),
    (Wanted.REASON, r"\bwhy\b|what (is|was) the reason|почему|зачем|неге|niyə|neden"),
    (Wanted.PERSON, r"\bwho(m|se)?\b|\bкто\b|\bкого\b|\bкому\b|\bкем\b|кім|\bkim\b"),
    (
        Wanted.YES_NO,
        rf"^(?:{_AUXILIARY})\b"
        r"|, (correct|right|true|(is|are|was|were|do|does|did|has|have|had)n['’]?t \w+)\?$"
        r"|, (верно|правда|так|не так ли)\?$"
        r"|\bли\b|правда ли",
    ),
)


def wanted(question: str) -> Wanted:
    """The type of thing the question asks for; OTHER when its words do not tell.

    What it leans on, in brackets behind it, asked for something else.
    """
    lowered = well_spelled(as_asked(question))
    for kind, pattern in _PATTERNS:
        if re.search(pattern, lowered) or (kind is Wanted.LIST and _names_several(lowered)):
            return kind
    return Wanted.OTHER


def well_spelled(question: str) -> str:
    """In lower case, with the words that tell what is asked as they should be."""
    return _MISSPELLED.sub(lambda match: _SPELLING[match[0]], question.strip().casefold())


def asks_for_several(question: str) -> bool:
    """Whether a list answers, or it asks for several of something else: "where, which places"."""
    lowered = well_spelled(as_asked(question))
    several = _names_several(lowered) or bool(re.search(r"\bкаки(?:е|х|ми?)\b", lowered))
    return several or wanted(question) is Wanted.LIST


def has_one_answer(question: str) -> bool:
    """Whether one passage answers it all: by its type, or as it asks for the one text.

    "Which principle sets out …", "Какой закон …".
    """
    kind = wanted(question)
    one_of_a_kind = _ONE_OF_A_KIND.search(well_spelled(as_asked(question)))
    return kind in SINGLE_VALUED or (kind is Wanted.OTHER and bool(one_of_a_kind))


def names_itself(question: str) -> bool:
    """Whether what answers shows that it does: a date does; of several people one does not."""
    return has_one_answer(question) and wanted(question) is not Wanted.PERSON


def _names_several(question: str) -> bool:
    """Whether "which" or "what" stands before a plural: "which ministries", "what two points"."""
    asked = re.search(r"\b(?:which|what) ((?:[\w'’-]+ ?){1,5})", question)
    after = asked[1].split() if asked else []
    for place, word in enumerate(after):
        if word in _AFTER_NOUN:
            return False
        is_last = place + 1 == len(after) or after[place + 1] in _AFTER_NOUN
        first = all(numbers(one) or facts(one).numbers for one in after[:place])
        if _PLURAL.search(word) and (first or is_last):
            return True
    return False
