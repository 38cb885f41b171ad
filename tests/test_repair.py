"""Text repair: what is mended, what stays as it is, and that every change can be replayed."""

from __future__ import annotations

from itertools import product

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.repair import ENCODING, ORDINARY, repair, replay
from nlp.types import Edit

NAMES = {"hadoop", "spark", "java", "javascript", "script", "pytorch", "torch", "sql", "mysql"}


def is_name(word: str) -> bool:
    return word.lower() in NAMES


MENDED = [
    ("knows &amp;quot;Go&amp;quot;", 'knows "Go"', "repair:html", "a feed escaped it twice"),
    ("<p>R&amp;amp;D</p><p>x</p>", "R&D\n\nx", "repair:html", "the same inside HTML"),
    (
        "&lt;li&gt;SQL&lt;/li&gt;&lt;li&gt;R&lt;/li&gt;",
        "• SQL\n• R",
        "repair:html",
        "escaped whole",
    ),
    ("know &lt;p&gt; and &lt;ul&gt;", "know <p> and <ul>", "repair:html", "tells of tags"),
    (
        "You close &lt;div&gt; ... &lt;/div&gt; and &lt;br&gt; tags in HTML",
        "You close <div> ... </div> and <br> tags in HTML",
        "repair:html",
        "tells of tags that close",
    ),
    (
        'You mend &lt;table&gt;/&lt;br&gt;/&lt;p&gt;, "&lt;/p&gt;" and (&lt;/li&gt;)',
        'You mend <table>/<br>/<p>, "</p>" and (</li>)',
        "repair:html",
        "the same between other signs",
    ),
    ("We pay.&lt;br&gt;You work.", "We pay.\nYou work.", "repair:html", "only the tag parts them"),
    (
        "Needed:&lt;ul&gt;&lt;li&gt;SQL&lt;/li&gt;&lt;li&gt;R&lt;/li&gt;&lt;/ul&gt;",
        "Needed:\n• SQL\n• R",
        "repair:html",
        "words stand before the first tag",
    ),
    ("&amp;lt;p&amp;gt;SQL&amp;lt;/p&amp;gt; R", "SQL\n R", "repair:html", "escaped whole twice"),
    (
        "<p>know &lt;p&gt;</p><p>x</p>",
        "know <p>\n\nx",
        "repair:html",
        "as above, inside HTML",
    ),
    ("124,300â€”166,800 USD", "124,300—166,800 USD", "repair:mojibake", "UTF-8 read as cp1252"),
    ("Weâ€™re hiring", "We’re hiring", "repair:mojibake", "an apostrophe read as cp1252"),
    ("youll grow", "you'll grow", "repair:apostrophe", "no English word without it"),
    ("Youre part of it", "You're part of it", "repair:apostrophe", "the capital stays"),
    ("What were looking for:", "What we're looking for:", "repair:apostrophe", "a heading"),
    ("HadoopSpark", "Hadoop/Spark", "repair:run-together", "two names, the sign between them lost"),
    ("(e.g., HadoopSpark)", "(e.g., Hadoop/Spark)", "repair:run-together", "inside a list"),
    ("<p>One</p><p>Two</p>", "One\n\nTwo", "repair:html", "blocks stand on their own lines"),
    ("<ul><li>A</li><li>B</li></ul>", "• A\n• B", "repair:html", "bullets stay bullets"),
    ("a<br>b<br/>c", "a\nb\nc", "repair:html", "line breaks"),
    ("R&amp;D <b>and</b> more", "R&D and more", "repair:html", "entities"),
    ("<p>a</p><script>alert(1)</script>", "a", "repair:html", "no scripts"),
    ("one\r\ntwo", "one\ntwo", "repair:line-break", "line ends of Windows"),
    ("C\u200bI\u00adCD", "CICD", "repair:invisible", "zero-width blank, soft hyphen"),
    ("Salary:\u00a0$1", "Salary: $1", "repair:space", "no-break space"),
    (
        "Must have bull SQL bull strong Java bull 3 years in retail bull Git",
        "Must have\n• SQL\n• strong Java\n• 3 years in retail\n• Git",
        "repair:lost-entity",
        "bullets of which the name is left",
    ),
    (
        "&bull SQL &bull Java &bull Git",
        "• SQL\n• Java\n• Git",
        "repair:lost-entity",
        "the first begins the text, no stop closes their names",
    ),
    (
        "middot SQL\nmiddot Java\nmiddot Git",
        "• SQL\n• Java\n• Git",
        "repair:lost-entity",
        "each on a line of its own",
    ),
    ("hands\\-on work", "hands-on work", "repair:markdown-escape", "an escaped hyphen"),
    ("3\\+ years \\& R\\_D", "3+ years & R_D", "repair:markdown-escape", "and others beside it"),
    ("CI\\\\-CD", "CI-CD", "repair:markdown-escape", "escaped twice"),
    (
        "* Strong\n **SQL** \n and some\n **Power BI**",
        "* Strong SQL and some Power BI",
        "repair:markdown-break",
        "bold words on lines of their own",
    ),
    ("a Bachelor?s degree", "a Bachelor's degree", "repair:question-mark", "a lost apostrophe"),
    ("We?re sure you?ll do, don?t", "We're sure you'll do, don't", "repair:question-mark", "more"),
    ("We use **SQL** daily", "We use SQL daily", "repair:markdown-bold", "bold within a line"),
    ("teams ndash and we", "teams – and we", "repair:lost-entity", "'ndash' is no word"),
    ("It doesnrsquot end", "It doesn’t end", "repair:lost-entity", "inside a word"),
    ("the ldquobestrdquo team", "the “best” team", "repair:lost-entity", "quotation marks"),
]

KEPT = [
    ("JavaScript", "a name itself, though Java and Script are names"),
    ("MySQL", "a name itself"),
    ("PyTorch", "a name itself"),
    ("PinFlex", "its halves are no names"),
    ("JavaBeans", "one half is no name"),
    ("HadoopSpark.com", "an address"),
    ("C:\\-temp and \\d+\\.\\d", "a path and a pattern"),
    ("Sound like you? Re-apply", "a question"),
    ("Why us?\nSales", "a question before a line that begins so"),
    ("example.com/jobs?s=12&t=3 and a page?d=1", "addresses"),
    ("either/or \\ and", "a backslash that escapes nothing"),
    ("**Requirements**\n **SQL**", "a heading stays on its line"),
    ("We work.\n **Requirements**", "so does one behind a sentence"),
    ("**Location:** Leeds", "a bold label opens its line"),
    ("2 ** 3 ** 4", "powers"),
    ("its mission", "may be right: 'its' is a word"),
    ("They were looking for you", "may be right: 'were' is a word"),
    ("We cant", "'cant' is a word"),
    ("salary < 100k and > 50k", "signs, no tags"),
    ("Dear <name>, hello", "a placeholder, no tag of HTML"),
    ("naïve café – “ok”", "accents and typographic signs are right as they are"),
    ("Straße, Ærø, 東京, العربية", "other alphabets"),
    ("", "nothing"),
    ("bull bull bull", "words, no items"),
    ("A bull market bull run and bull case", "the word itself"),
    ("Feed bull calves, halter each bull Monday and weigh one bull Friday", "too few begin items"),
    ("Bullhorn, Bull Run, Red Bull Racing, bull-headed", "names"),
    ("We build dashboards; a mad dash", "other words"),
    ("Prices of cars quoted daily, carsquoted", "two words run together"),
]


@pytest.mark.parametrize(("broken", "mended", "rule", "why"), MENDED)
def test_mends(broken: str, mended: str, rule: str, why: str) -> None:
    text, edits = repair(broken, is_name)
    assert text == mended, why
    assert rule in {edit.rule for edit in edits}
    assert replay(broken, edits) == text


@pytest.mark.parametrize(("text", "why"), KEPT)
def test_keeps(text: str, why: str) -> None:
    assert repair(text, is_name) == (text, ()), why


def test_lines_round_the_html_of_a_page_stay_lines() -> None:
    page = "Title\nPlace\n<p>About</p>\n<ul><li>cut off here (truncated)\nApply Now\nMore jobs"
    text, _ = repair(page, is_name)
    assert text.splitlines() == [
        "Title",
        "Place",
        "About",
        "• cut off here (truncated)",
        "Apply Now",
        "More jobs",
    ]


def test_a_line_break_inside_a_paragraph_is_a_blank() -> None:
    assert repair("<p>one\n  two</p><p>three</p>", is_name)[0] == "one two\n\nthree"


@given(st.text(alphabet="aâ€™”<p>/liLIbr\n\r &;\u00a0\u200bHadoopSparkyoull'", max_size=80))
def test_replaying_the_edits_gives_the_text(text: str) -> None:
    repaired, edits = repair(text, is_name)
    assert replay(text, edits) == repaired


@given(st.text(max_size=80))
def test_replaying_the_edits_gives_any_text(text: str) -> None:
    repaired, edits = repair(text, is_name)
    assert replay(text, edits) == repaired


def test_an_edit_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"repair:test: no 'x' at 1"):
        replay("abc", [Edit("repair:test", 1, "x", "y")])


def test_ordinary_signs_are_never_mended() -> None:
    signs = "\t\u00a0·®–—‘’“”•…™aZ 1"
    for around in product(signs, repeat=3):
        line = "".join(around)
        assert ORDINARY.fullmatch(line)
        assert ftfy.fix_text(line, ENCODING) == line, repr(line)


@pytest.mark.parametrize("line", ["Weâ€™re", "124â€”166", "caf\u00c3\u00a9", "\x93Hi", "\x07’"])
def test_a_line_with_another_sign_is_looked_at(line: str) -> None:
    assert not ORDINARY.fullmatch(line)
    assert ftfy.fix_text(line, ENCODING) != line
