"""Reciprocal rank fusion."""

from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse

rankings = st.dictionaries(
    st.sampled_from(["dense", "lexical"]),
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    min_size=1,
)
WEIGHTS = {"dense": 1.0, "lexical": 0.5}


@given(rankings)
def test_scores_are_between_0_and_1_and_descend(given_rankings: dict[str, list[str]]) -> None:
    scores = list(fuse(given_rankings, WEIGHTS).values())
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1.000001 for score in scores)


@given(rankings)
def test_everything_found_is_kept_once(given_rankings: dict[str, list[str]]) -> None:
    assert set(fuse(given_rankings, WEIGHTS)) == {
        one for ids in given_rankings.values() for one in ids
    }


def test_what_both_find_comes_before_what_one_finds() -> None:
    fused = fuse({"dense": ["a", "b"], "lexical": ["c", "b"]}, {"dense": 1, "lexical": 1})
    assert next(iter(fused)) == "b"


def test_first_everywhere_scores_one() -> None:
    assert fuse({"dense": ["a"], "lexical": ["a"]}, WEIGHTS) == {"a": 1.0}
