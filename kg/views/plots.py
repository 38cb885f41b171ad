"""The figures of the pages as pictures for a slide: PNG or SVG, by Altair.

Made from the same chart values as the pages (`kg.views.pages.charts`). Altair and vl-convert are
the extra `plots`; both work offline, without a browser.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from kg.views.figures import amount
from kg.views.pages.charts import odds_axis
from kg.views.pages.comparison_lines import skill_marks
from kg.views.pages.pay_page import band_of

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt

    from kg.analysis.comparison import Comparison
    from kg.analysis.ladder_rows import Ladder
    from kg.analysis.pay_rows import PayReport
    from kg.analysis.trend_rows import Trends
    from kg.views.pages.charts import Axis

MOST: Final = 25
"""Rows of a figure, at most: more cannot be read on a slide."""
LINES: Final = 6
Form: TypeAlias = Literal["png", "svg"]
FORMATS: Final[tuple[Form, ...]] = get_args(Form)
WIDTH: Final = 560
TONES: Final = {"a": "#1c5fa8", "b": "#ad4a05", "plain": "#46515e", "quiet": "#868f9b"}
FONT: Final = "Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"


def check_picture(path: Path) -> Form:
    """Return the format that a file's name asks for.

    Raises `ValueError` for another, `ModuleNotFoundError` without the extra.
    """
    for extra in ("altair", "vl_convert"):
        if find_spec(extra) is None:
            raise ModuleNotFoundError(
                f"{extra} is missing: pip install 'rolegraph[plots]'", name=extra
            )
    for form in FORMATS:
        if path.suffix.lower() == f".{form}":
            return form
    raise ValueError(f"{path}: a picture is a .png or a .svg")


def write_picture(chart: alt.LayerChart | alt.Chart, path: Path, *, scale: int = 2) -> None:
    """Write a figure as PNG (at twice its size, for sharp screens, unless told) or SVG."""
    form = check_picture(path)
    chart.save(str(path), format=form, scale_factor=scale if form == "png" else 1)


def comparison_plot(found: Comparison) -> alt.LayerChart:
    """Draw the log-odds of the skills that postings require, with intervals; shares in words.

    Raises `ValueError` where the groups are too small to be tested.
    """
    marks = skill_marks(found)[:MOST]
    if not marks:
        raise ValueError(f"no differences were tested: {found.caution or found.limits or ''}")
    rows = [
        {
            "name": f"{label}  {support.share_a or 0:.0%} | {support.share_b or 0:.0%}",
            "value": mark.value,
            "low": mark.low if mark.low is not None else mark.value,
            "high": mark.high if mark.high is not None else mark.value,
            "tone": mark.tone,
        }
        for label, mark, support in sorted(marks, key=lambda one: one[1].value)
    ]
    return _intervals(
        rows,
        title=f"{found.a.label} against {found.b.label}",
        subtitle=[
            f"odds of requiring a skill, with 95% intervals; {found.a.postings} and "
            f"{found.b.postings} postings",
            "behind each name the shares of both; grey: chance may explain it",
        ],
        axis=f"← more in {found.a.label}  ·  more in {found.b.label} →",
        ticks=odds_axis([mark for _, mark, _ in marks]),
    )


def ladder_plot(found: Ladder) -> alt.LayerChart:
    """Draw the median pay of a role's levels with intervals, or the years where no pay is known.

    Raises `ValueError` where neither is.
    """
    for name, of in (("pay", "pay"), ("years", "years required")):
        middles = [(rung, rung.pay if name == "pay" else rung.years) for rung in found.rungs]
        known = [(rung, middle) for rung, middle in middles if middle.median is not None]
        if not known:
            continue
        currency = known[0][1].currency
        rows = [
            {
                "name": f"{rung.level}  {amount(middle.median, 1)}",
                "value": middle.median,
                "low": middle.interval[0] if middle.interval else middle.median,
                "high": middle.interval[1] if middle.interval else middle.median,
                "tone": "a",
            }
            for rung, middle in known
        ]
        basis = ", a board's estimates" if name == "pay" and found.pay_basis == "estimated" else ""
        return _intervals(
            rows,
            title=f"{found.role}: {of} by level",
            subtitle=[f"medians with 95% intervals{basis}"],
            axis=f"{currency} a year" if currency else "years",
        )
    raise ValueError(f"no posting of {found.role} states pay or years at a level")


def pay_plot(found: PayReport) -> alt.LayerChart:
    """Draw the quantiles of pay by group. Raises `ValueError` where there are too few postings."""
    import altair as alt

    rows = [
        {
            "name": f"{'All' if one is found.whole else one.label}  ({one.postings})",
            "tenth": band.tenths[0],
            "ninth": band.tenths[1],
            "quarter": band.quarters[0],
            "third": band.quarters[1],
            "half": band.half,
            "low": band.interval[0],
            "high": band.interval[1],
        }
        for one in (found.whole, *found.groups)
        if (band := band_of(one)) is not None
    ][:MOST]
    if not rows:
        raise ValueError(f"no quantiles: {found.whole.note or 'no posting states pay'}")
    base = _base(rows)
    x = alt.X(
        "tenth:Q",
        title=f"{found.currency} a year",
        scale=alt.Scale(zero=False),
        axis=alt.Axis(format="~s"),
    )
    plain, soft = TONES["plain"], "#ccd3db"
    layers = alt.LayerChart(
        layer=[
            base.mark_bar(height=6, color=soft, opacity=0.6).encode(x=x, x2="ninth:Q"),
            base.mark_bar(height=14, color=soft).encode(x="quarter:Q", x2="third:Q"),
            base.mark_rule(strokeWidth=2, color=plain).encode(x="low:Q", x2="high:Q"),
            base.mark_circle(size=80, color=plain, opacity=1).encode(x="half:Q"),
        ]
    )
    basis = "a board's estimates; " if found.basis == "estimated" else ""
    subtitle = f"{basis}middle eight tenths, middle half, and the half with its 95% interval"
    return _styled(layers, f"Pay: {found.scope}", [subtitle], len(rows))


def trends_plot(found: Trends) -> alt.LayerChart:
    """Draw the shares of the surest trends over time; skills where there are any.

    Raises `ValueError` where no posting has a date.
    """
    import altair as alt

    rows = (found.of("skill") or found.of("role"))[:LINES]
    values = [
        {"name": row.label, "period": period.label, "share": count / size}
        for row in rows
        for period, (count, size) in zip(found.periods, row.counts, strict=True)
        if size
    ]
    if not values:
        raise ValueError(f"no trends: {found.caution or 'no posting states a date'}")
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
        y=alt.Y("share:Q", title="share of postings", axis=alt.Axis(format="%")),
        color=alt.Color(
            "name:N",
            title=None,
            sort=[row.label for row in rows],
            scale=alt.Scale(scheme="tableau10"),
            legend=alt.Legend(orient="bottom", columns=3, labelLimit=260),
        ),
    )
    layers = alt.LayerChart(
        layer=[base.mark_line(strokeWidth=2), base.mark_circle(size=40, opacity=1)]
    )
    return _styled(layers, f"Trends: {found.scope}", [f"by {found.by}; the surest first"], None)


def _intervals(
    rows: list[dict[str, Any]],
    *,
    title: str,
    subtitle: list[str],
    axis: str,
    ticks: Axis | None = None,
) -> alt.LayerChart:
    """Draw estimates with intervals; `ticks` is an axis with names of its own."""
    import altair as alt

    base = _base(rows).encode(
        color=alt.Color(
            "tone:N",
            legend=None,
            scale=alt.Scale(domain=list(TONES), range=list(TONES.values())),
        )
    )
    scale, drawn = alt.Scale(zero=False, nice=True), alt.Axis(format="~s")
    if ticks:
        scale = alt.Scale(domain=[ticks.low, ticks.high], nice=False, clamp=True)
        named = {f"{abs(value):.6f}": label for value, label in ticks.ticks}
        drawn = alt.Axis(
            values=[value for value, _ in ticks.ticks],
            labelExpr=f"{json.dumps(named)}[format(abs(datum.value), '.6f')]",
            gridColor=alt.condition("datum.value == 0", alt.value("#868f9b"), alt.value("#d8dce2")),
        )
    x = alt.X("low:Q", title=axis, scale=scale, axis=drawn)
    layers = alt.LayerChart(
        layer=[
            base.mark_rule(strokeWidth=2).encode(x=x, x2="high:Q"),
            base.mark_circle(size=80, opacity=1).encode(x="value:Q"),
        ]
    )
    return _styled(layers, title, subtitle, len(rows))


def _base(rows: list[dict[str, Any]]) -> alt.Chart:
    import altair as alt

    return alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=320, ticks=False))
    )


def _styled(
    layers: alt.LayerChart, title: str, subtitle: list[str], rows: int | None
) -> alt.LayerChart:
    import altair as alt

    height: Any = {"step": 24} if rows else 320
    styled: alt.LayerChart = (
        layers.properties(
            width=WIDTH,
            height=height,
            background="white",
            title=alt.TitleParams(
                title, subtitle=subtitle, anchor="start", frame="group", offset=12, limit=900
            ),
        )
        .configure(font=FONT, padding=16)
        .configure_view(stroke=None)
        .configure_axis(
            gridColor="#d8dce2",
            domain=False,
            tickColor="#d8dce2",
            labelColor="#191d23",
            titleColor="#545e6a",
            titleFontWeight="normal",
            labelFontSize=12,
            titleFontSize=12,
        )
        .configure_title(
            fontSize=18,
            subtitleFontSize=12,
            color="#191d23",
            subtitleColor="#545e6a",
            subtitlePadding=6,
        )
    )
    return styled
