"""Documents for the corpus tests: our own messy ones, and the project's source articles."""

from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def seed_files() -> list[Path]:
    """Our own messy documents, and the five source articles where this checkout has them."""
    own = [DATA / f"{name}.txt" for name in ("round_table", "link_residue", "press_release")]
    return [*sorted(SEEDS.glob("*.txt")), *own]


@pytest.fixture(params=seed_files(), ids=lambda path: path.stem)
def messy_file(request) -> Path:
    """One document copied from a web page, as a user would add it."""
    return request.param


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of small documents that belong to these tests."""
    return DATA
