"""The made-up people: from every city, by the surnames of the place, two women among five, and nobody real."""

from random import Random

from ganpo.demo.cast import CAST
from ganpo.demo.people import FENG_YANQIU, RARE, draw_people, draw_students
from ganpo.demo.units import CITIES, SCHOOLS, SURNAMES, UNITS

INDUSTRIES = ("装备", "钢铁", "石化")


def test_the_same_seed_draws_the_same_people() -> None:
    assert draw_people(Random(7), 24, INDUSTRIES) == draw_people(Random(7), 24, INDUSTRIES)


def test_every_city_sends_somebody_even_where_some_are_known() -> None:
    people = draw_people(Random(1), 16, INDUSTRIES, known=(FENG_YANQIU, RARE["龚䶮"]))
    assert set(CITIES) <= {person.unit.city for person in people}
    assert people[:2] == [FENG_YANQIU, RARE["龚䶮"]]


def test_surnames_are_those_of_the_place() -> None:
    people = draw_people(Random(2), 30, INDUSTRIES)
    assert [person.name for person in people if not person.name.startswith(SURNAMES[person.unit.city])] == []


def test_two_in_five_are_women() -> None:
    for count in (16, 20, 25, 30):
        people = draw_people(Random(3), count, INDUSTRIES)
        assert abs(5 * sum(person.woman for person in people) - 2 * count) <= 5


def test_nobody_is_called_like_somebody_else() -> None:
    workers = draw_people(Random(4), 30, INDUSTRIES)
    names = [person.name for person in workers]
    names += [person.name for person in draw_students(Random(4), 12, names)]
    names += [person.name for person in draw_people(Random(4), 30, INDUSTRIES, taken=names)]
    assert len(set(names)) == 72


def test_units_are_the_made_up_ones_and_students_come_from_schools() -> None:
    people = draw_people(Random(5), 30, INDUSTRIES)
    assert {person.unit for person in people} <= set(UNITS)
    assert {person.unit for person in draw_students(Random(5), 12, ())} == set(SCHOOLS)


def test_units_of_the_trade_come_first_where_a_city_has_them() -> None:
    people = draw_people(Random(6), 26, INDUSTRIES)
    from_xinyu = {person.unit.name for person in people if person.unit.city == "新余"}
    assert from_xinyu == {"仰岭特钢有限公司"}


def test_there_are_as_many_units_as_the_material_has() -> None:
    assert (len(UNITS), len({unit.name for unit in UNITS}), len(CITIES)) == (38, 38, 11)


def test_those_who_sign_in_are_not_called_like_contestants_can_be() -> None:
    assert len({member.sign_in for member in CAST}) == len(CAST) == 18
    assert all(member.sign_in.isascii() for member in CAST)


def test_rare_characters_come_from_beyond_the_common_blocks() -> None:
    assert {hex(ord(name[-1])) for name in RARE} == {"0x4dae", "0x36c3", "0x20bb7"}
