"""Do the catalogue, Chroma, tantivy and the model files agree, and what to do where they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.catalogue import Active, Catalogue
from index.checked import recorded
from index.errors import IndexDamaged, IndexMissing
from index.models import LANGUAGE_MODEL, MODELS, damage_of
from index.stores import Content, Faults, Place, Stores, content_of


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. `part` is the store, `problem` a clause about it."""

    part: str
    problem: str
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at and what was found; findings are in the order of the parts."""

    version: int
    articles: int
    passages: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong any more."""
        return all(finding.repaired for finding in self.findings)


def check(
    catalogue: Catalogue, place: Place, models: Path, mend: Callable[[], None] | None
) -> CheckReport:
    """Compare all parts of the active version; with `mend`, repair and compare again.

    Raises IndexMissing before the first build.
    """
    active = catalogue.active()
    if not active.number:
        raise IndexMissing("nothing is indexed yet; run `ungp index`")
    found = list(_findings(catalogue, place, models, active))
    if found and mend is not None:
        mend()
        active = catalogue.active()
        left = list(_findings(catalogue, place, models, active))
        told = [replace(finding, repaired=finding not in left) for finding in found]
        found = told + [finding for finding in left if finding not in found]
    return CheckReport(
        version=active.number,
        articles=len(catalogue.article_versions(active.number)),
        passages=len(catalogue.passage_ids(active.number)),
        findings=tuple(found),
    )


def _findings(
    catalogue: Catalogue, place: Place, models: Path, active: Active
) -> Iterator[Finding]:
    for fault in catalogue.faults():
        yield Finding("catalogue", f"SQLite finds its file damaged ({fault})")
    versions = sorted(catalogue.article_versions(active.number).values())
    yield from _wrong_passages(catalogue, versions)
    shown = content_of(catalogue, versions)
    known = catalogue.vectors.known(active.embedder, [one.digest for one in shown])
    if lacking := len({one.digest for one in shown} - known):
        yield Finding("catalogue", f"{lacking} passages have no embedding")
    if catalogue.value("dirty"):
        yield Finding("catalogue", "a build was cut off")
    yield from _stores(catalogue, place, active, shown)
    for folder in place.leftovers(active.generation):
        yield Finding("disk", f"{folder.name} is left over from another build")
    yield from _models(models, active.embedder)


def _wrong_passages(catalogue: Catalogue, versions: list[str]) -> Iterator[Finding]:
    for version in versions:
        article = catalogue.article(version)
        passages = catalogue.passages([version])
        wrong = sum(one.text != article.text[one.start : one.end] for one in passages)
        if wrong:
            yield Finding("catalogue", f"{wrong} passages of {article.id} are not in its text")


def _stores(
    catalogue: Catalogue, place: Place, active: Active, shown: list[Content]
) -> Iterator[Finding]:
    if not place.is_there(active.generation):  # opening would make it, empty
        yield Finding("disk", "the files of a search index are gone")
        return
    if catalogue.value("damaged") == str(active.generation):
        yield Finding("disk", "a search could not read a search index")
    try:
        with closing(Stores(place, active.generation)) as stores:
            yield from _differences(stores.faults(shown, catalogue, active.embedder))
    except IndexDamaged as error:
        yield Finding("disk", str(error))


def _differences(faults: Faults) -> Iterator[Finding]:
    for part, ids, words in (
        ("Chroma", faults.missing, "passages are missing"),
        ("Chroma", faults.altered, "vectors are not those of the catalogue"),
        ("Chroma", faults.surplus, "passages are left over"),
        ("tantivy", faults.words_missing, "passages are missing"),
        ("tantivy", faults.words_surplus, "passages are left over"),
    ):
        if ids:
            yield Finding(part, f"{len(ids)} {words}")


def _models(models: Path, embedder: str) -> Iterator[Finding]:
    for name in (embedder, LANGUAGE_MODEL):
        if name not in MODELS:
            continue
        if problem := damage_of(name, models):
            yield Finding("models", problem)
        elif name == embedder and not recorded(models / name):
            yield Finding("models", f"{name} is not recorded; run `ungp models` to fetch it")
