"""What the assistant itself says, in the reader's language (English where there is none)."""

from __future__ import annotations

_PHRASES = {
    "not_in_corpus": {
        "en": "The articles do not say this.",
        "ru": "В статьях об этом не говорится.",
    },
    "missing": {
        "en": "The articles do not answer: “{question}”",
        "ru": "В статьях нет ответа на вопрос: «{question}»",
    },
    "corrected": {
        "en": "The articles say otherwise than this question takes for granted: “{question}”",
        "ru": "Вопрос предполагает не то, что говорится в статьях: «{question}»",
    },
    "unchecked": {
        "en": "Whether these passages answer the question has not been checked.",
        "ru": "Отвечают ли эти отрывки на вопрос, не проверено.",
    },
    "doubtful": {
        "en": "This may not be quite what you asked: read the quotes before you rely on it.",
        "ru": "Возможно, это не совсем то, о чём вы спросили: прочитайте цитаты, прежде чем "
        "на это опираться.",
    },
    "differ": {
        "en": "The articles differ here; the newer one comes first.",
        "ru": "Статьи здесь расходятся; сначала приведена более новая.",
    },
    "amended": {
        "en": "A newer article, “{title}” ({date}), speaks of a change; it is quoted last.",
        "ru": "В более новой статье «{title}» ({date}) говорится об изменении; она приведена "
        "последней.",
    },
    "stands_for": {
        "en": "{short} stands for {long}.",
        "ru": "{short} расшифровывается как «{long}».",
    },
    "earlier": {
        "en": "Of the two dates, {value} is the earlier.",
        "ru": "Из двух дат более ранняя: {value}.",
    },
    "more": {
        "en": "Of the two numbers, {value} is the larger.",
        "ru": "Из двух чисел большее: {value}.",
    },
    "law": {
        "en": "The law as described on {date} in “{title}”; check whether it has changed since.",
        "ru": "Закон описан по состоянию на {date} («{title}»); проверьте, не изменился ли он.",
    },
    "no_model": {
        "en": "Only quotes are shown, because {reason}.",
        "ru": "Показаны только цитаты: {reason}.",
    },
    "searching": {"en": "Searching the articles", "ru": "Поиск по статьям"},
    "condensing": {"en": "Reading the conversation", "ru": "Чтение беседы"},
    "judging": {
        "en": "Checking passage {number} of {total}",
        "ru": "Проверка отрывка {number} из {total}",
    },
}


def phrase(key: str, language: str, **values: object) -> str:
    """The phrase in `language`, its places filled."""
    forms = _PHRASES[key]
    return forms.get(language, forms["en"]).format(**values)
