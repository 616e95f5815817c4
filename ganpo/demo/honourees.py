"""Who the demonstration's hundred craftsmen are, edition by edition. Writes nothing.

The same hundred each time: those with a written-out story, those whose names have rare characters, and drawn people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from ganpo.demo.people import RARE, Person, draw_people
from ganpo.demo.stories import CRAFTS, STORIES, Craft, Story
from ganpo.demo.units import unit
from ganpo.demo.works import SEED

FIRST_YEAR = 2019
EDITIONS = (14, 14, 14, 14, 14, 15, 15)
YOUTH = Person("彭新苗", unit("赤岭铸造有限公司"), woman=False)
REVOKED, POSTHUMOUS = 45, 66  # whose place in the row of all hundred


@dataclass(slots=True)
class Honouree:
    """One of the hundred, and who they are in the registry once they are made."""

    person: Person
    edition: int
    craft: Craft
    age: int
    story: Story | None = None
    worker: int = 0
    honour: int = 0

    @property
    def year(self) -> int:
        return FIRST_YEAR + self.edition - 1


def cast(taken: Sequence[str]) -> list[Honouree]:
    """The hundred, edition by edition; nobody is called like somebody in `taken`, but for those who are known."""
    random = Random(f"{SEED}:craftsmen")  # noqa: S311 - nothing secret
    known = {story.person.name for story in STORIES}
    names = [
        *(name for name in taken if name not in known),
        YOUTH.name,
        *known,
        *(a for s in STORIES for a in s.apprentices),
    ]
    found: list[Honouree] = []
    rare = list(RARE.values())
    for edition, size in enumerate(EDITIONS, start=1):
        stories = [story for story in STORIES if story.edition == edition]
        first = [story.person for story in stories]
        if edition >= len(EDITIONS) - 2:
            first.append(rare[edition - len(EDITIONS) + 2])
        people = draw_people(
            random, size, (), known=first, taken=[name for name in names if name not in {p.name for p in first}]
        )
        names += [person.name for person in people]
        by_name = {story.person.name: story for story in stories}
        for person in people:
            story = by_name.get(person.name)
            craft = CRAFTS[person.unit.industry]
            if story is not None:
                craft = Craft(story.occupation, story.code, story.tool, (story.headline,), story.text, "")
            age = story.age if story else random.randint(31, 63)
            found.append(Honouree(person, edition, craft, age, story))
    return found


def place_of(number: int) -> tuple[int, int]:
    """The edition and the place in it of a number in the row of all hundred."""
    for edition, size in enumerate(EDITIONS, start=1):
        if number < size:
            return edition, number
        number -= size
    raise IndexError(number)
