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
Pen = ImageDraw.ImageDraw


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


def shape(pen: Pen, points: Sequence[Point], wash: tuple[int, ...], smooth: bool = False) -> None:
    """An outline filled with a wash."""
    line = curve(points, closed=True) if smooth else list(points)
    pen.polygon(line, fill=wash)
    pen.line([*line, line[0]], fill=INK, width=6, joint="curve")


def arrow(pen: Pen, *points: Point) -> None:
    """A curved arrow through these points."""
    line = curve(points)
    pen.line(line, fill=(*MIDDLE, 255), width=10, joint="curve")
    (x, y), (u, v) = line[-1], line[-4]
    turn = math.atan2(y - v, x - u)
    head = [(x + 34 * math.cos(turn + lean), y + 34 * math.sin(turn + lean)) for lean in (0, 2.5, -2.5)]
    pen.polygon(head, fill=(*MIDDLE, 255))
