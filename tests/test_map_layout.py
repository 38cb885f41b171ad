"""The places of a picture of several roles: no box on another, the same each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.views.layout import Box
from kg.views.map_layout import MOST_MAPPED, WIDTH, apart, spread
from kg.views.page_nodes import Drawn, Picture, picture
from tests.factories import make_facts
from tests.role_graphs import graph_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDES = st.tuples(st.integers(20, 160), st.integers(14, 60))
BOXES = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300), SIDES), min_size=1, max_size=25)


def overlaps(places: NDArray[np.float64], sizes: NDArray[np.float64]) -> list[tuple[int, int]]:
    return [
        (one, other)
        for one in range(len(places))
        for other in range(one)
        if (abs(places[one] - places[other]) + 0.02 < (sizes[one] + sizes[other]) / 2).all()
    ]


@settings(deadline=None)  # the first one imports scipy
@given(BOXES)
def test_no_box_is_on_another(given_boxes: list[tuple[float, float, tuple[int, int]]]) -> None:
    places = np.array([(x, y) for x, y, _ in given_boxes])
    sizes = np.array([side for *_, side in given_boxes], float)
    found = apart(places, sizes, 400)
    assert overlaps(found, sizes) == []
    assert (found[:, 0] - sizes[:, 0] / 2 >= -0.01).all()
    assert (found[:, 0] + sizes[:, 0] / 2 <= 400.01).all()


def test_what_does_not_overlap_stays_where_it_is() -> None:
    places = np.array([(30.0, 10.0), (200.0, 10.0)])
    assert (apart(places, np.array([(40.0, 20.0)] * 2), 400) == places).all()


def test_boxes_at_the_same_place_come_apart() -> None:
    found = apart(np.array([(50.0, 50.0)] * 9), np.array([(90.0, 20.0)] * 9), 100)
    assert overlaps(found, np.array([(90.0, 20.0)] * 9)) == []


def two_roles() -> Picture:
    """Two roles with ten skills each of their own, and three that both ask for."""
    shared = ("Shared A", "Shared B", "Shared C")
    roles = ("Data Engineer", "Machine Learning Engineer")
    facts = [
        make_facts(
            source=f"{role}.txt",
            role=role,
            employer=None,
            required=(*shared, *(f"{role[:4]} {one}" for one in range(10))),
        )
        for role in roles
    ]
    return picture(graph_of(facts))


@pytest.fixture(scope="module")
def places() -> dict[str, tuple[int, int]]:
    shown = two_roles()
    found = spread(shown, {one.id: Box(100, 22) for one in shown.nodes})
    assert found is not None
    return {one.label: found[one.id] for one in shown.nodes}


def test_all_of_it_stands_within_the_width(places: dict[str, tuple[int, int]]) -> None:
    sizes = np.array([(100.0, 22.0)] * len(places))
    assert overlaps(np.array(list(places.values()), float), sizes) == []
    assert 0 <= min(x for x, _ in places.values()) <= max(x for x, _ in places.values()) <= WIDTH


def test_skills_stand_near_who_asks_for_them(places: dict[str, tuple[int, int]]) -> None:
    def far(one: str, other: str) -> float:
        (x, y), (u, v) = places[one], places[other]
        return float(np.hypot(x - u, y - v))

    data, learning = "Data Engineer II", "Machine Learning Engineer II"
    own = [far(f"Data {one}", data) < far(f"Data {one}", learning) for one in range(10)]
    assert sum(own) >= 9


def test_the_same_picture_gives_the_same_places() -> None:
    boxes = {one.id: Box(90, 22) for one in two_roles().nodes}
    assert spread(two_roles(), boxes) == spread(two_roles(), boxes)


def test_too_many_and_none_are_no_map() -> None:
    nodes = tuple(
        Drawn(str(one), kind.kind, str(one))
        for kind in two_roles().nodes[:1]
        for one in range(MOST_MAPPED + 1)
    )
    boxes = {one.id: Box(90, 22) for one in nodes}
    assert spread(Picture(nodes, (), (), ()), boxes) is None
    assert spread(Picture((), (), (), ()), {}) is None
