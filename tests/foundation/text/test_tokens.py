"""The one tokenizer: what is folded, how runs are cut, and that every piece of a text has only tokens of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text import expression, tokens


@pytest.mark.parametrize(
    "text,kept",
    [
        ("ＰＬＣ控制（2号）", "plc 控制 2 号"),
        ("青花，分水；料水", "青花 分水 料水"),
        ("HT200铸铁 3.5mm", "ht 200 铸铁 3 5 mm"),
        ("程𠮷、饶㛃、龚䶮", "程𠮷 饶㛃 龚䶮"),
        ("\U0003134a字", "\U0003134a字"),  # an ideograph that came after Python's tables
        ("\ue123窑", "\ue123窑"),  # private use: a rare name in an old system
        ("神", "神"),  # a compatibility ideograph is found as what it stands for
        ("ﾍﾞﾙﾄ ㎡", "ベルト m 2"),
        ("straße İ", "strasse i"),
        ("一\x00二\ud800三", "一 二 三"),
        ("！？。", ""),
        ("", ""),
    ],
)
def test_a_text_is_folded(text, kept):
    assert tokens.folded(text) == kept


@pytest.mark.parametrize(
    "kept,found",
    [
        ("分水岭", ["分水", "水岭", "岭"]),
        ("窑", ["窑"]),
        ("plc 控制 2 号", ["plc", "控制", "制", "2", "号"]),
        ("程𠮷", ["程𠮷", "𠮷"]),
        ("", []),
    ],
)
def test_a_folded_text_is_cut(kept, found):
    assert list(tokens.tokens(kept)) == found


def test_terms_are_what_texts_are_compared_by():
    assert list(tokens.terms("分水分水 窑 plc plc")) == ["分水", "水分", "窑", "plc"]


@pytest.mark.parametrize(
    "kept,phrase,held",
    [
        ("青花分水", "花分", True),
        ("青花 分水", "花分", False),
        ("q 235 b 钢", "q 235", True),
        ("q 2350 b", "q 235", False),
        ("1235 b", "235 b", False),
        ("分水 plc 控制", "水 plc 控", True),
        ("plcs 控制 plc", "plc", True),
        ("岭上", "岭上分", False),
    ],
)
def test_a_phrase_stands_there_in_one_piece(kept, phrase, held):
    assert tokens.holds(kept, phrase) is held


def test_long_words_and_texts_are_cut_off():
    assert tokens.folded("a" * 100) == "a" * tokens.LONGEST_WORD
    assert len(tokens.folded("窑" * 30_000)) == tokens.LONGEST


RUNS = st.text("分水岭窑青花𠮷㛃かな가", min_size=1, max_size=8) | st.from_regex(
    r"[a-z]{1,6}|[0-9]{1,6}", fullmatch=True
)
FOLDED = st.lists(RUNS, min_size=1, max_size=6).map(lambda runs: tokens.folded("，".join(runs)))


@given(FOLDED, st.data())
def test_every_piece_of_a_text_asks_only_for_tokens_that_the_text_has(kept, data):
    start = data.draw(st.integers(0, len(kept) - 1))
    end = data.draw(st.integers(start + 1, len(kept)))
    piece = kept[start:end].strip()
    if not piece or not tokens.holds(kept, piece):  # it cuts a word or a number
        return
    has = set(tokens.tokens(kept))
    for token in expression.word(piece):
        assert any(one.startswith(token.text) for one in has) if token.begins else token.text in has


@given(st.text(max_size=60))
def test_any_text_at_all_is_folded_and_kept(text):
    kept = tokens.folded(text)
    assert kept.encode("gb18030").decode("gb18030") == kept
    assert "\n" not in kept
    assert all(token == token.strip() and ":" not in token and ";" not in token for token in tokens.tokens(kept))
    assert tokens.folded(kept) == kept or not kept.isascii()
