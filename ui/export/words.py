"""What the forms of export say themselves, in the languages of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton

_LANGUAGES = ("en", "ru", "kk", "az")
_WORDS: dict[str, tuple[str, str, str, str]] = {
    "title": (
        "Answers with quotes and sources",
        "Ответы с цитатами и источниками",
        "Дәйексөздері мен дереккөздері бар жауаптар",
        "Sitat və mənbələrlə cavablar",
    ),
    "answer": ("Answer", "Ответ", "Жауап", "Cavab"),
    "quotes": ("Quotes", "Цитаты", "Дәйексөздер", "Sitatlar"),
    "nearest": (
        "Nearest passages (they do not answer the question)",
        "Ближайшие отрывки (ответа на вопрос в них нет)",
        "Ең жақын үзінділер (сұраққа жауап бермейді)",
        "Ən yaxın parçalar (suala cavab vermir)",
    ),
    "answered": (
        "Answered from the articles",
        "Ответ найден в статьях",
        "Жауап мақалаларда бар",
        "Cavab məqalələrdə var",
    ),
    "partly_answered": (
        "Answered in part; the articles do not say the rest",
        "Ответ неполный: остального в статьях нет",
        "Жауап толық емес: қалғаны мақалаларда жоқ",
        "Cavab natamamdır: qalanı məqalələrdə yoxdur",
    ),
    "not_in_corpus": (
        "Not in the articles",
        "В статьях этого нет",
        "Мақалаларда бұл жоқ",
        "Məqalələrdə bu yoxdur",
    ),
    "stopped": (
        "Stopped by the reader before the answer was complete",
        "Остановлено читателем до завершения ответа",
        "Жауап аяқталғанға дейін оқырман тоқтатты",
        "Cavab bitməmiş oxucu tərəfindən dayandırılıb",
    ),
    "failed": ("Not answered", "Ответа нет", "Жауап жоқ", "Cavab yoxdur"),
    "unfinished": (
        "No answer was kept: the program ended before it was complete",
        "Ответ не сохранён: программа завершилась раньше",
        "Жауап сақталмаған: бағдарлама ертерек аяқталды",
        "Cavab saxlanmayıb: proqram daha tez bitib",
    ),
    "asked": ("Asked", "Вопрос задан", "Сұралған уақыты", "Soruşulub"),
    "understood": ("Understood as", "Понято как", "Былай түсінілді", "Belə başa düşülüb"),
    "index": ("Index version", "Версия индекса", "Индекс нұсқасы", "İndeks versiyası"),
    "language_model": ("Language model", "Языковая модель", "Тілдік модель", "Dil modeli"),
    "embedder": ("Search model", "Модель поиска", "Іздеу моделі", "Axtarış modeli"),
    "filters": ("Only articles with", "Только статьи", "Тек мына мақалалар", "Yalnız məqalələr"),
    "page": ("page {page}", "с. {page}", "{page}-бет", "səh. {page}"),
    "checked": (
        "Each quote is word for word as in the stored article; a program has compared them.",
        "Каждая цитата дословно совпадает с сохранённой статьёй: это проверила программа.",
        "Әр дәйексөз сақталған мақаламен сөзбе-сөз бірдей: мұны бағдарлама тексерген.",
        "Hər sitat saxlanmış məqalə ilə sözbəsöz eynidir: bunu proqram yoxlayıb.",
    ),
    "UN text": ("UN text", "документ ООН", "БҰҰ құжаты", "BMT sənədi"),
    "guidance": ("guidance", "руководство", "нұсқаулық", "təlimat"),
    "national law": ("national law", "национальный закон", "ұлттық заң", "milli qanun"),
    "news": ("news", "новость", "жаңалық", "xəbər"),
    "analysis": ("analysis", "аналитика", "талдау", "təhlil"),
    "document": ("document", "документ", "құжат", "sənəd"),
    "country": ("country", "страна", "ел", "ölkə"),
    "year": ("year", "год", "жыл", "il"),
    "publisher": ("publisher", "издатель", "баспагер", "naşir"),
    "topic": ("topic", "тема", "тақырып", "mövzu"),
    "pillar": ("pillar", "раздел", "тірек", "sütun"),
    "principle": ("principle", "принцип", "қағидат", "prinsip"),
    "kind": ("kind", "вид", "түрі", "növ"),
    "language": ("language", "язык", "тіл", "dil"),
    "article": ("article", "статья", "мақала", "məqalə"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words, dates and names of languages in one of `_LANGUAGES`; English for any other."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, its places filled; a key that has none stands for itself."""
        forms = _WORDS.get(key)
        place = _LANGUAGES.index(self.language) if self.language in _LANGUAGES else 0
        return forms[place].format(**values) if forms else key

    @property
    def _locale(self) -> Locale:
        code = self.language if self.language in _LANGUAGES else "en"
        return Locale("en", "GB") if code == "en" else Locale(code)

    def name_of(self, language: str) -> str:
        """The name of a language by its ISO 639-1 code."""
        return str(self._locale.languages.get(language, language))

    def date(self, published: str) -> str:
        """ "2024-04-05" → "5 April 2024", "2023-06" → "June 2023"; anything else as it is."""
        match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", published)
        try:
            year, month, day = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
            moment = date(year, month, day)
        except ValueError:
            return published
        if match and match[3]:
            return str(format_date(moment, "long", self._locale))
        return str(format_skeleton("yMMMM", moment, locale=self._locale))

    def moment(self, iso: str) -> str:
        """ "2026-11-24T21:59:11+00:00" → "24 November 2026, 21:59 UTC"."""
        moment = datetime.fromisoformat(iso)
        day = format_date(moment, "long", self._locale)
        return f"{day}, {format_datetime(moment, 'HH:mm', locale=self._locale)} UTC"
