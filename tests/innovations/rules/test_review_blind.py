"""What is masked of a text that reviewers read: names of makers and units, in any form in which people write them."""

import pytest
from msgspec.structs import replace

from innovations.rules.innovation_form import Author, Patent
from innovations.rules.review_blind import MASK, blinded, called, masked, names_of, short_forms
from tests.innovations.rules.foil import FOIL

AUTHORS = (Author("冯砚秋", 60, unit="映川电子科技有限公司"), Author("欧阳望", 30), Author("O'Neil", 10))
SAID = replace(
    FOIL, authors=AUTHORS, body=replace(FOIL.body, patents=(Patent("ZL 2024 1 0012345.6", "invention"),))
)  # fmt: skip
NAMES = names_of(SAID, ("南昌滕里城市公交有限公司", "TL"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("映川电子科技有限公司自制", f"{MASK}自制"),
        ("映川电子插件线", f"{MASK}插件线"),
        ("在映川用了三年", f"在{MASK}用了三年"),
        ("滕里公交场站", f"{MASK}公交场站"),
        ("南昌滕里城市公交", MASK),
        ("冯 砚 秋设计", f"{MASK}设计"),
        ("砚秋提出，冯师傅试制", f"{MASK}提出，{MASK}试制"),
        ("欧阳望和欧阳班长", f"{MASK}和{MASK}"),
        ("ＴＬ厂房、tl 标识", f"{MASK}厂房、{MASK} 标识"),
        ("专利zl202410012345.6", f"专利{MASK}"),
        ("专利号 2024 1 0012345.6", f"专利号 {MASK}"),
        ("O’NEIL", "O’NEIL"),
        ("o'neil", MASK),
        ("南昌夏天热，收卷打皱", "南昌夏天热，收卷打皱"),  # a place is no name
    ],
)
def test_every_form_of_a_name(text, read):
    assert masked(text, NAMES) == read


def test_a_mask_tells_no_length():
    assert masked("冯砚秋", NAMES) == masked("映川电子科技有限公司", NAMES) == MASK


def test_short_forms_and_what_people_are_called():
    assert short_forms("云窑艺术瓷厂") == {"云窑艺术瓷厂", "云窑艺术瓷", "云窑艺术", "云窑艺", "云窑"}
    assert {"砚秋", "冯师傅", "冯砚秋"} <= called("冯砚秋")
    assert called("龚䶮") >= {"龚䶮", "龚师傅"}
    assert called("") == {""}


def test_only_the_sections_that_the_round_shows_in_the_forms_order():
    found = blinded(SAID, ("wrong", "use"), ())
    assert [code for code, _ in found.sections] == ["wrong", "use"]
    assert (found.kind, found.field) == ("renovation", "C")


def test_nothing_to_mask_changes_nothing():
    assert masked("收卷打皱", ()) == "收卷打皱"
