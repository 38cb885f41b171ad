"""The graph page as it looks: labels, contrast, widths, print. In a real browser."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.factories import two_levels
from tests.graph_pages import SIZES, browser, crossing, opened, several_roles, sixty_nodes
from tests.role_graphs import graph_of

pytestmark = pytest.mark.slow

__all__ = ["browser", "opened"]

SMALLEST_FONT: Final = 11


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("mentioned", [False, True])
@pytest.mark.parametrize("levels", [1, 2, 3, 4, 6])
def test_labels_do_not_overlap(
    opened: Any,
    size: str,
    mentioned: bool,
    levels: int,
) -> None:
    page = opened(sixty_nodes(levels), size)
    if mentioned:
        page.page.check("input[value=mentions]")
        page.page.wait_for_timeout(200)
    boxes = page.boxes()
    assert 30 < len(boxes) <= 64
    assert crossing(boxes) == []
    area = page.page.locator("#graph").bounding_box()
    outside = [
        box
        for box in boxes
        if box[1] < 0 or box[2] < 0 or box[3] > area["width"] or box[4] > area["height"]
    ]
    assert outside == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("levels", [2, 3, 4, 6])
def test_labels_are_large_enough(opened: Any, size: str, levels: int) -> None:
    page = opened(sixty_nodes(levels), size)
    assert 13 * page.page.evaluate("graphPage.network.getScale()") >= SMALLEST_FONT


@pytest.mark.parametrize("size", ["desktop", "phone", "narrow"])
def test_the_page_does_not_scroll_sideways(opened: Any, size: str) -> None:
    page = opened(sixty_nodes(), size)
    assert page.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert [one for one in page.too_wide() if "CANVAS" not in one] == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("roles", [2, 3])
def test_labels_of_several_roles_do_not_overlap(opened: Any, size: str, roles: int) -> None:
    """A map: its places are found by forces, and moved apart."""
    page = opened(several_roles(roles), size)
    boxes = page.boxes()
    assert 50 < len(boxes) <= 62
    assert crossing(boxes) == []
    assert 13 * page.page.evaluate("graphPage.network.getScale()") >= SMALLEST_FONT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Any, scheme: str) -> None:
    """With a node chosen and the list open; the policy is lifted for axe's own script."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(graph_of(two_levels()), color_scheme=scheme, bypass_csp=True)
    page.page.click("#list summary")
    page.page.click("#items button >> nth=0")
    found = Axe().run(page.page).response["violations"]
    serious = {
        one["id"]: [node["html"][:120] for node in one["nodes"][:3]]
        for one in found
        if one["impact"] in {"serious", "critical"}
    }
    assert serious == {}


def test_it_prints_in_light_colours(opened: Any) -> None:
    page = opened(graph_of(two_levels()), color_scheme="dark")
    page.page.emulate_media(media="print", color_scheme="dark")
    page.page.wait_for_timeout(200)
    drawn = "graphPage.network.body.data.nodes.get().filter((one) => one.shape === 'ellipse')[0]"
    assert page.page.evaluate(f"{drawn}.color.background") == "#1d4f91"
    assert not page.page.locator("#find").is_visible()
    wide = page.page.evaluate("document.querySelector('canvas').getBoundingClientRect().width")
    assert wide <= SIZES["desktop"][0]
    assert len(page.page.pdf()) > 5000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(opened: Any, scheme: str) -> None:
    """WCAG 2.1: 4.5 for text, 3 for shapes and lines."""
    page = opened(graph_of(two_levels()), color_scheme=scheme)
    style = "getComputedStyle(document.documentElement).getPropertyValue"

    def luminance(name: str) -> float:
        value = page.page.evaluate(f"{style}('--{name}')").strip().lstrip("#")
        parts = [int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [
            one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        ]
        return sum(
            weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
        )

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    texts = [("role-ink", "role"), ("position-ink", "position"), ("skill-ink", "skill")]
    texts += [("label", "paper"), ("ink", "sheet"), ("quiet", "sheet"), ("quiet", "paper")]
    shapes = [
        "role",
        "position",
        "skill-edge",
        "degree",
        "employer",
        "required",
        "other",
        "structure",
    ]
    weak = [pair for pair in texts if contrast(*pair) < 4.5]
    weak += [(name, "paper") for name in shapes if contrast(name, "paper") < 3]
    assert weak == []
