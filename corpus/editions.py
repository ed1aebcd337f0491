"""Editions: the same article told in several languages, one of which is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from corpus.article import Article, Metadata


def original_of(article_id: str, metadata: Metadata) -> str:
    """Id of the article that this one is a translation of; its own where it is none."""
    return metadata.translation_of or article_id


def read_in(articles: Mapping[str, Metadata], language: str) -> set[str]:
    """Ids of the editions that a reader of a language is given, one of each article.

    Of the editions of an article one is read: that in `language` (an ISO 639-1 code), else the
    original, else the first by id. Two editions of one passage would stand as two witnesses.
    """
    return {
        min(group, key=lambda one: (articles[one].language != language, one != original, one))
        for original, group in _editions(articles)
    }


def in_other_languages(articles: Mapping[str, Metadata], language: str) -> dict[str, list[str]]:
    """Language → ids of the articles that have no edition in `language`, sorted."""
    found: dict[str, list[str]] = {}
    for one in sorted(read_in(articles, language)):
        if articles[one].language != language:
            found.setdefault(articles[one].language, []).append(one)
    return found


def in_language(articles: Sequence[Article], language: str) -> list[Article]:
    """Of each article the edition that is read in `language`, in the order given."""
    read = read_in({one.id: one.metadata for one in articles}, language)
    return [one for one in articles if one.id in read]


def other_editions(article: Article, articles: Sequence[Article]) -> list[Article]:
    """The other editions of an article, in the order given."""
    original = original_of(article.id, article.metadata)
    return [
        one
        for one in articles
        if one.id != article.id and original_of(one.id, one.metadata) == original
    ]


def _editions(articles: Mapping[str, Metadata]) -> list[tuple[str, list[str]]]:
    def original(one: str) -> str:
        return original_of(one, articles[one])

    groups = groupby(sorted(articles, key=original), key=original)
    return [(name, list(group)) for name, group in groups]
