"""Who is drawn, and the measures of their head: what clothes, hair and features hold to. Pure."""

from dataclasses import dataclass
from random import Random

from ganpo.demo.brush import DEEP, GREY_HAIR, INK, Point


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who is drawn: `age` in years, `tool` a name of `portrait_tools.TOOLS`."""

    seed: str
    woman: bool
    age: int
    tool: str
    helmet: bool = False


class Head:
    """One head; everything about it is drawn from the sitter's random numbers, in one order."""

    def __init__(self, random: Random, sitter: Sitter) -> None:
        self.random, self.sitter = random, sitter
        self.x = 480.0
        self.top, self.chin = 300 + random.randint(-12, 12), 742 + random.randint(-14, 20)
        self.half = random.randint(142, 160) if sitter.woman else random.randint(152, 174)
        self.jaw = random.uniform(0.60, 0.72) if sitter.woman else random.uniform(0.70, 0.86)
        self.turn = random.uniform(8, 20)  # how far the face looks to the side
        self.eyes = self.top + (self.chin - self.top) * random.uniform(0.485, 0.515)
        self.hair = GREY_HAIR if sitter.age > 55 else DEEP if sitter.age > 47 else INK
        self.old = max(0.0, (sitter.age - 38) / 25)

    def outline(self) -> list[Point]:
        """The face from one ear round the chin to the other."""
        x, half, jaw = self.x, self.half, self.half * self.jaw
        middle = self.eyes + 70
        return [
            (x - half * 0.86, self.top + 40), (x - half, self.eyes - 30), (x - half * 0.96, middle + 24),
            (x - jaw, self.chin - 92), (x - jaw * 0.52, self.chin - 22), (x, self.chin),
            (x + jaw * 0.52, self.chin - 22), (x + jaw, self.chin - 92), (x + half * 0.96, middle + 24),
            (x + half, self.eyes - 30), (x + half * 0.86, self.top + 40), (x, self.top - 20),
        ]  # fmt: skip
