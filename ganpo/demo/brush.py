"""The brush and the colours of everything that is drawn for the demonstration: cobalt on a white ground. Pure."""

import math
from collections.abc import Sequence

from PIL import ImageDraw

INK, DEEP, MIDDLE, LIGHT, PALE, GROUND = (
    (16, 36, 92), (30, 62, 134), (86, 122, 184), (158, 184, 220), (206, 220, 238), (246, 249, 247),
)  # fmt: skip
SKIN, SHADE = (238, 242, 246), (176, 196, 224)
GREY_HAIR = (132, 152, 188)

Point = tuple[float, float]


def curve(points: Sequence[Point], closed: bool = False, steps: int = 14) -> list[Point]:
    """A smooth line through these points (Catmull-Rom)."""
    around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    found: list[Point] = []
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False):
        for step in range(steps):
            t = step / steps
            found.append(
                (
                    0.5 * (2 * b[0] + (c[0] - a[0]) * t + (2 * a[0] - 5 * b[0] + 4 * c[0] - d[0]) * t * t
                           + (3 * b[0] - a[0] - 3 * c[0] + d[0]) * t**3),
                    0.5 * (2 * b[1] + (c[1] - a[1]) * t + (2 * a[1] - 5 * b[1] + 4 * c[1] - d[1]) * t * t
                           + (3 * b[1] - a[1] - 3 * c[1] + d[1]) * t**3),
                )
            )  # fmt: skip
    return found if closed else [*found, points[-1]]


def stroke(pen: ImageDraw.ImageDraw, points: Sequence[Point], width: float, ink: tuple[int, ...] = INK) -> None:
    """One pull of the brush: it swells in the middle and leaves the sheet thin."""
    line = curve(points)
    left, right = [], []
    for place, (x, y) in enumerate(line):
        before, after = line[max(0, place - 1)], line[min(len(line) - 1, place + 1)]
        run, rise = after[0] - before[0], after[1] - before[1]
        long = math.hypot(run, rise) or 1.0
        half = width * (0.35 + 0.65 * math.sin(math.pi * (place + 0.5) / len(line)) ** 0.7) / 2
        left.append((x - rise / long * half, y + run / long * half))
        right.append((x + rise / long * half, y - run / long * half))
    pen.polygon([*left, *reversed(right)], fill=ink)
