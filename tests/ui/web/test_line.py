from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.web.line import Line


def test_questions_are_let_through_in_the_order_they_came() -> None:
    line = Line(at_once=1)
    first, second, third = line.join(), line.join(), line.join()
    assert [one.ready.is_set() for one in (first, second, third)] == [True, False, False]
    assert [line.ahead(one) for one in (first, second, third)] == [0, 1, 2]
    line.leave(first)
    assert second.ready.is_set()
    assert not third.ready.is_set()


def test_one_who_leaves_the_line_holds_nobody_up() -> None:
    line = Line(at_once=1)
    first, second, third = line.join(), line.join(), line.join()
    line.abandon(second)
    assert second.left
    assert second.ready.is_set()  # whoever waits on it wakes up
    assert line.ahead(third) == 1
    line.leave(first)
    assert third.ready.is_set()


def test_one_being_served_is_not_abandoned_before_the_model_is_free() -> None:
    line = Line(at_once=1)
    first, second = line.join(), line.join()
    line.abandon(first)
    assert not second.ready.is_set()
    line.leave(first)
    assert second.ready.is_set()


def test_the_expected_wait_grows_with_the_line() -> None:
    line = Line(at_once=1)
    tickets = [line.join() for _ in range(4)]
    waits = [line.wait(ticket) for ticket in tickets]
    assert waits[0] == 0
    assert waits == sorted(waits)
    assert waits[1] > 0


@given(st.integers(1, 4), st.lists(st.booleans(), max_size=30))
def test_never_more_at_once_than_allowed_and_nobody_is_forgotten(
    at_once: int, joins: list[bool]
) -> None:
    line = Line(at_once)
    here = []
    for joins_now in joins:
        if joins_now or not here:
            here.append(line.join())
        else:
            line.leave(here.pop(0))
        served = [one for one in here if one.ready.is_set()]
        assert len(served) == min(at_once, len(here))
        assert served == here[: len(served)]
