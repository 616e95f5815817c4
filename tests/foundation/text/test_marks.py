"""What is marked in a text, and which piece of a long one is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text.marks import Part, excerpt, of_words, parts
from foundation.text.wanted import Word


def marked(text: str, *terms: str) -> str:
    return "".join(f"[{part.text}]" if part.marked else part.text for part in parts(text, terms))


@pytest.mark.parametrize(
    "text,terms,found",
    [
        ("青花分水", ["分水"], "青花[分水]"),
        ("ＰＬＣ 控制（２号）", ["plc", "控制"], "[ＰＬＣ] [控制]（２号）"),
        ("ＰＬＣ 控制", ["plc 控制"], "[ＰＬＣ 控制]"),
        ("分水岭", ["分水", "水岭"], "[分水岭]"),
        ("q235 1235 235", ["235"], "q[235] 1235 [235]"),
        ("plcs plc PLC2", ["plc"], "plcs [plc] [PLC]2"),
        ("程𠮷，㎡", ["𠮷", "m 2", "m"], "程[𠮷]，[㎡]"),
        ("", ["分水"], ""),
        ("分水", [], "分水"),
        ("a.b", ["."], "a.b"),
    ],
)
def test_marks(text, terms, found):
    assert marked(text, *terms) == found


def test_a_word_is_marked_in_one_piece_or_by_its_pairs():
    assert of_words("分水岭上，水岭", [Word("分水岭"), Word("岭下", without=True)]) == ["分水岭"]
    assert of_words("分水，水岭", [Word("分水岭")]) == ["分水", "水岭"]
    assert of_words("Q235B", [Word("q 235")]) == ["q 235"]


def test_an_excerpt_begins_a_little_before_the_first_mark():
    text = "一" * 60 + "分水" + "二" * 60
    shown = excerpt(parts(text, ["分水"]), 40)
    assert shown == [
        Part("…", False), Part("一" * 24, False), Part("分水", True), Part("二" * 14, False), Part("…", False)
    ]  # fmt: skip
    assert excerpt(parts("分水", ["分水"]), 40) == [Part("分水", True)]
    assert excerpt(parts("一" * 50, []), 40) == [Part("一" * 40, False), Part("…", False)]


@given(st.text(max_size=30), st.lists(st.text("分水plc 2", min_size=1, max_size=4), max_size=3))
def test_nothing_of_the_text_is_lost(text, terms):
    assert "".join(part.text for part in parts(text, terms)) == text
