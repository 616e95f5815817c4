"""What everyone reads of an innovation: a list of what may be shown, and nothing besides."""

import msgspec
import pytest
from msgspec.structs import replace

from innovations.rules.innovation_form import Author, Patent
from innovations.rules.publicity import BenefitShown
from innovations.rules.shown_innovation import Shown, ShownAuthor, ShownPicture, Travel, shown, text_of, value_of
from tests.innovations.rules.foil import FOIL

FULL = replace(
    FOIL,
    body=replace(
        FOIL.body,
        sections={**FOIL.body.sections, "use": "", "secret-recipe": "不在表中的一节"},
        patents=(Patent("ZL2025 2 0000000.0", "utility"),),
    ),
    authors=(Author("徐望川", 60, "", "控制方案", 7), Author("祝匠心", 40, "铜屿精密铜管有限公司", "摆辊", 9)),
)
TRAVEL = Travel("锂舟电池材料有限公司", "宜春市总工会", 2026, 3, "断带少了")


def made(verified: int | None = None, how: BenefitShown = BenefitShown.HIDDEN) -> Shown:
    return shown(FULL, "铜禾铜箔有限公司", "鹰潭市总工会", [ShownPicture(3, "摆辊")], verified, how, [TRAVEL])


def test_nothing_is_shown_that_is_not_on_the_list():
    value = made(128_600_00)
    assert set(Shown.__struct_fields__) == {
        "title", "kind", "field", "year", "unit", "city", "sections", "authors", "patents", "benefit", "band",
        "pictures", "travels",
    }  # fmt: skip
    assert set(ShownAuthor.__struct_fields__) == {"name", "unit", "part"}  # no share, no worker
    assert value.sections == {"wrong": "收卷打皱", "done": "张力按卷径自动调节", "points": "卷径估算"}
    assert value.authors == (
        ShownAuthor("徐望川", "", "控制方案"),
        ShownAuthor("祝匠心", "铜屿精密铜管有限公司", "摆辊"),
    )
    text = text_of(value)
    for hidden in ("share", "worker", "answers", "60", "secret-recipe", "12860000", "128600"):
        assert hidden not in text


@pytest.mark.parametrize(
    ("verified", "how", "benefit", "band"),
    [
        (None, BenefitShown.FIGURE, None, ""),
        (None, BenefitShown.BAND, None, ""),
        (128_600_00, BenefitShown.HIDDEN, None, ""),
        (128_600_00, BenefitShown.FIGURE, 128_600_00, ""),
        (128_600_00, BenefitShown.BAND, None, "100,000 to 500,000 yuan"),
        (99_999_99, BenefitShown.BAND, None, "10,000 to 100,000 yuan"),
        (100_000_00, BenefitShown.BAND, None, "100,000 to 500,000 yuan"),
        (0, BenefitShown.BAND, None, ""),
        (0, BenefitShown.FIGURE, 0, ""),
    ],
)
def test_of_a_benefit_only_what_was_verified_and_only_as_the_unit_said(verified, how, benefit, band):
    value = made(verified, how)
    assert (value.benefit, value.band) == (benefit, band)
    assert value.benefit is None or not value.band


def test_what_is_kept_is_read_again_as_it_was():
    value = made(100_00, BenefitShown.FIGURE)
    assert value_of(text_of(value)) == value
    assert value.travels == (TRAVEL,)
    older = {key: each for key, each in msgspec.json.decode(text_of(value)).items() if key != "travels"}
    assert value_of(msgspec.json.encode(older).decode()).travels == ()  # kept before innovations travelled
