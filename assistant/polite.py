"""Greetings, thanks and the words that ask to be told: "Good morning, could you tell me when …?"

They hide what is asked for: as it stands that is a question for a yes or no.
"""

from __future__ import annotations

import re

_GREETING = (
    r"(?:(?:hello|hi|dear \w+|good (?:morning|afternoon|evening|day)|please|sorry|excuse me"
    r"|здравствуйте|привет|добр(?:ый|ое|ого) (?:день|утро|вечер|времени суток)|пожалуйста"
    r"|извините)[,.!]*\s+)*"
)
_TELL = (
    r"(?:(?:can|could|would|will) (?:you|anyone|anybody|someone) (?:please |kindly )?"
    r"(?:tell|explain|say|clarify|remind)(?: to)?(?: me| us)?"
    r"|(?:please |kindly )?(?:tell|explain to|remind) (?:me|us)"
    r"|do you (?:happen to )?know|any idea"
    r"|(?:i|we)(?: would|['’]d) (?:like|love) to know|(?:i|we) (?:need|want) to know"
    r"|(?:i|we) (?:am|are|was|were)? ?(?:wonder|wondering)"
    r"|(?:не )?(?:могли бы|можете|сможете) (?:ли )?(?:вы )?(?:мне |нам )?(?:подс|с|рас)казать"
    r"|(?:подскажи|скажи|расскажи|объясни)(?:те)?(?: мне| нам)?"
    r"|(?:вы )?(?:не )?знаете(?: ли)?(?: вы)?|хотел(?:а|и|ось)? бы (?:у?знать|понять)"
    r"|известно ли)"
)
_ASKED = (
    r"(?:(?:in|at|on|by|to|for|from|with|of|since|until|в|во|на|у|с|к|о|об|по|за|из|до|от|для)\s+)?"
    r"(?:who|whom|whose|what|when|where|which|why|how|кто|кого|кому|кем|что|чем|чего|когда|где"
    r"|куда|откуда|как\w*|почему|зачем|сколько\w*|[\w-]+ ли)\b"
)
_LEAD = re.compile(
    rf"^{_GREETING}{_TELL},?\s+(?:(?:please|пожалуйста),?\s+)?(?={_ASKED})", re.IGNORECASE
)


_THANKS = (
    r"(?:ok|okay|thanks|thank you|got it|i see|understood|great|спасибо|благодарю|ок|окей"
    r"|понял[аи]?|понятно|ясно|ладно|хорошо)"
)
_UNDERSTOOD = re.compile(rf"^(?:{_THANKS}(?:\s+{_THANKS})*\s*[,.!;:–—-]+\s*)+(?=\S)", re.IGNORECASE)
"""What was answered is taken note of, before the next question: "ok thanks. and who …?"."""


def plain(question: str) -> str:
    """What is asked without asking to be told it: "When was …?"; else the question as it is."""
    asked = _LEAD.sub("", _UNDERSTOOD.sub("", question.strip()))
    return question if asked == question.strip() else asked[:1].upper() + asked[1:]
