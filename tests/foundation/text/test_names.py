"""Names: kept as written, sorted by sound and by strokes, found by letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text import names, strokes


@pytest.mark.parametrize(
    "name,letters,initials",
    [
        ("冯砚秋", "fengyanqiu", "fyq"),
        ("曾榕生", "zengrongsheng", "zrs"),
        ("单雄", "shanxiong", "sx"),
        ("解晖", "xiehui", "xh"),
        ("区伯", "oubo", "ob"),
        ("查良", "zhaliang", "zl"),
        ("仇和", "qiuhe", "qh"),
        ("朴树", "piaoshu", "ps"),
        ("乐毅", "yueyi", "yy"),
        ("危全", "weiquan", "wq"),
        ("欧阳明", "ouyangming", "oym"),
        ("万俟卨", "moqixie", "mqx"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("吕丽", "lvli", "ll"),
        ("龚䶮", "gongyan", "gy"),
        ("饶㛃", "raojie", "rj"),
        ("程𠮷", "chengji", "cj"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
        ("John 王", "johnwang", "johnw"),
        ("", "", ""),
    ],
)
def test_names_are_spelled_as_surnames_are_read(name, letters, initials):
    assert (names.letters_of(name), names.initials_of(name)) == (letters, initials)


def test_names_sort_by_sound_then_tone_then_strokes():
    listed = ["曾榕生", "张三", "章三", "安乐", "冯砚秋", "方圆", "冯岩", "吕丽", "陆丽", "罗丽", "单雄", "龘", "程𠮷"]
    assert sorted(listed, key=names.pinyin_key) == [
        "安乐", "程𠮷", "龘", "方圆", "冯岩", "冯砚秋", "陆丽", "吕丽", "罗丽", "单雄", "曾榕生", "张三", "章三",
    ]  # fmt: skip


def test_characters_without_a_known_sound_sort_last():
    assert sorted(["\U00030000", "左", "𰀁"], key=names.pinyin_key)[0] == "左"


def test_names_sort_by_strokes_where_counts_are_installed():
    if not strokes.strokes_of("一"):
        assert sorted(["万一", "丁一"], key=names.stroke_key) == ["丁一", "万一"]  # by code point alone
        return
    listed = ["龚䶮", "饶㛃", "程𠮷", "冯砚秋", "丁一", "曾榕生", "王五"]
    assert sorted(listed, key=names.stroke_key) == ["丁一", "王五", "冯砚秋", "饶㛃", "龚䶮", "曾榕生", "程𠮷"]
    assert [strokes.strokes_of(one) for one in "䶮㛃𠮷"] == [20, 9, 6]


@pytest.mark.parametrize("name", ["龚䶮", "饶㛃", "程𠮷", "\ufa19田", "𬱖𫖯", "\U0002f800"])
def test_rare_and_compatibility_characters_stay_what_they_are(name):
    assert names.kept(name) == name


def test_what_is_typed_is_tidied_and_nothing_else():
    assert names.kept("  阿依古丽•买买提　 ") == "阿依古丽·买买提"
    assert names.kept("Jose\u0301  Li") == "José Li"
    assert names.same("阿依古丽・买买提", "阿依古丽买买提")
    assert names.same("\ufa19田", "神田")
    assert not names.same("程𠮷", "程吉")


@given(st.text(max_size=80))
def test_every_text_has_keys_that_fit_their_columns(text):
    assert names.pinyin_key(text).isascii()
    assert max(len(names.pinyin_key(text)), len(names.stroke_key(text)), len(names.letters_of(text))) <= 255
    assert len(names.initials_of(text)) <= 64
