"""Articles and versions as people name them."""

from __future__ import annotations

import difflib

from index.catalogue import Catalogue
from index.errors import UnknownArticle, UnknownVersion


def article_version(catalogue: Catalogue, article_id: str, number: int | None = None) -> str:
    """The article version that an index version shows; by default the one that answers.

    Raises UnknownArticle, naming near ids, and UnknownVersion.
    """
    if number is None:
        versions = catalogue.article_versions(catalogue.active().number)
    else:
        versions = catalogue.article_versions(known_version(catalogue, number), removed=True)
    if article_id in versions:
        return versions[article_id]
    near = difflib.get_close_matches(article_id, versions, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "`ungp list` shows all"
    where = f" in index version {number}" if number is not None else ""
    raise UnknownArticle(f"there is no article {article_id!r}{where}; {hint}")


def known_version(catalogue: Catalogue, version: int) -> int:
    """The number, when there is such an index version. Raises UnknownVersion, naming those."""
    known = [info.version for info in catalogue.history()]
    if version not in known:
        raise UnknownVersion(
            f"there is no index version {version}; there are {', '.join(map(str, known))}"
            if known
            else f"there is no index version {version}; nothing is indexed yet"
        )
    return version
