"""The made-up province's people: surnames by place, given names from two pools, a few with rare characters.

Pure and repeatable: everything comes from the random numbers that the caller hands in. Nobody here exists.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from ganpo.demo.units import CITIES, SCHOOLS, SURNAMES, Unit, unit, units_for

WOMEN = (
    "砚秋", "亦禾", "映荷", "秀禾", "晚晴", "云岫", "青禾", "若棠", "知夏", "采薇",
    "素心", "雨薇", "书窈", "桂枝", "春燕", "小满", "翠英", "兰溪", "月娥", "彩云",
    "梅芳", "玉蓉", "冬梅", "竹韵", "静姝", "舒窈", "禾苗", "杏花", "巧云", "细妹",
)  # fmt: skip
MEN = (
    "远山", "榕生", "长根", "守拙", "炉生", "铁成", "开田", "望川", "木生", "春根",
    "水根", "火明", "石磊", "大壮", "有田", "秋生", "松年", "柏舟", "江河", "景行",
    "立夏", "天工", "匠心", "樟林", "茂林", "金发", "银根", "冬生", "满仓", "路平",
    "砺之", "伯安", "思齐", "致远", "庐生", "赣生", "鄱生", "怀瑾", "渔歌", "新苗",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part: how they are called, where they work or learn, and whether she is a woman."""

    name: str
    unit: Unit
    woman: bool


RARE = {
    "龚䶮": Person("龚䶮", unit("映川电子科技有限公司"), woman=False),
    "饶㛃": Person("饶㛃", unit("岫川变压器有限公司"), woman=True),
    "程𠮷": Person("程𠮷", unit("信岭汽车零部件有限公司"), woman=False),
}
"""Names that try every font and every column: from extensions A and B of Unicode's Han characters."""

FENG_YANQIU = Person("冯砚秋", unit("云窑艺术瓷厂"), woman=True)
FU_YUANSHAN = Person("傅远山", unit("仰岭特钢有限公司"), woman=False)


def draw_people(
    random: Random, count: int, industries: tuple[str, ...], known: Iterable[Person] = (), taken: Iterable[str] = ()
) -> list[Person]:
    """So many people: the `known` ones first, then one city after the other, two women among five.

    Units of the stated industries are preferred. Nobody is called like somebody in `taken`, nor like one another.
    """
    people = list(known)
    names = {person.name for person in people} | set(taken)
    cities = _beginning_after(people)
    while len(people) < count:
        woman = 5 * sum(person.woman for person in people) < 2 * (len(people) + 1)
        city = cities[len(people) % len(cities)]
        name = _new_name(random, city, woman, names)
        names.add(name)
        people.append(Person(name, random.choice(units_for(city, industries)), woman))
    return people


def draw_students(random: Random, count: int, taken: Iterable[str]) -> list[Person]:
    """So many students, one school after the other."""
    people: list[Person] = []
    names = set(taken)
    for position in range(count):
        school = SCHOOLS[position % len(SCHOOLS)]
        woman = position % 5 in {1, 3}
        name = _new_name(random, school.city, woman, names)
        names.add(name)
        people.append(Person(name, school, woman))
    return people


def _beginning_after(people: Sequence[Person]) -> tuple[str, ...]:
    """All delegations, those that have nobody yet first, so that every city sends someone."""
    sent = {person.unit.city for person in people}
    delegations = tuple(SURNAMES)
    missing = tuple(city for city in CITIES if city not in sent)
    ordered = missing + tuple(city for city in delegations if city not in missing)
    start = len(people) % len(ordered)
    return ordered[-start:] + ordered[:-start] if start else ordered


def _new_name(random: Random, city: str, woman: bool, names: set[str]) -> str:
    pool = WOMEN if woman else MEN
    while True:
        name = random.choice(SURNAMES[city]) + random.choice(pool)
        if name not in names:
            return name
