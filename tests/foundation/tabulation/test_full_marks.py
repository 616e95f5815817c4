"""Full marks for the page where a scheme is made."""

from fractions import Fraction

import pytest

from foundation.tabulation.scheme import full_marks, module_full_marks, scheme_full_marks
from tests.foundation.tabulation.cases import DEDUCTION, GRADE, JUDGEMENT, MEASUREMENT, PANEL, module, scheme


@pytest.mark.parametrize(
    ("aspect", "points"),
    [
        (MEASUREMENT, 100),
        (DEDUCTION, 10),
        (GRADE, 40),
        (JUDGEMENT, 10),
        (PANEL | {"factor": "9"}, 90),
        (PANEL | {"combine": "sum", "min_marks": 5}, 30),
        (PANEL | {"factor": "0.3333", "round_points": True}, Fraction("3.33")),
        (MEASUREMENT | {"max": "0.125", "round_mark": True}, Fraction("0.13")),
        (MEASUREMENT | {"coefficient": True}, None),
    ],
)
def test_full_marks_of_an_aspect_are_the_most_points_it_can_give(aspect: dict[str, object], points: Fraction) -> None:
    made = scheme(aspect)
    assert full_marks(made.aspect("A"), made.digits) == points


def test_without_digits_nothing_is_rounded() -> None:
    assert full_marks(scheme(PANEL | {"factor": "0.3333", "round_points": True}).aspect("A")) == Fraction("3.333")


def test_modules_and_scheme_add_up_with_weights() -> None:
    made = scheme(
        module(MEASUREMENT, weight="0.3"), module(GRADE | {"code": "B"}, weight="0.111", round=True, code="N")
    )
    assert [module_full_marks(each, 2) for each in made.modules] == [30, Fraction("4.44")]
    assert scheme_full_marks(made) == Fraction("34.44")


def test_a_coefficient_leaves_the_sums_unknown() -> None:
    made = scheme(module(MEASUREMENT), module(GRADE | {"code": "B", "coefficient": True}, code="N"))
    assert (module_full_marks(made.modules[1], 2), scheme_full_marks(made)) == (None, None)


def test_an_aspect_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        scheme(MEASUREMENT).aspect("Z")
