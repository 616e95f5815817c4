# ruff: noqa: E501 - a stroke stands whole, a line each
"""Portraits of people who do not exist, drawn as a porcelain painter would: cobalt wash and line on a white ground.

Pure: the same sitter gives the same picture. A bust in planes of wash, half of the face in shade, the tool of the
trade behind the shoulder. Knows Pillow alone; each picture is drawn large and made small, so that its lines are calm.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from ganpo.demo.portrait_tools import TOOLS

SIZE = (960, 1280)  # the sheet that is drawn on
INK, DEEP, MIDDLE, LIGHT, PALE, GROUND = (
    (16, 36, 92), (30, 62, 134), (86, 122, 184), (158, 184, 220), (206, 220, 238), (246, 249, 247),
)  # fmt: skip
SKIN, SHADE = (238, 242, 246), (176, 196, 224)
GREY_HAIR = (132, 152, 188)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who is drawn: `age` in years, `tool` a name of `portrait_tools.TOOLS`."""

    seed: str
    woman: bool
    age: int
    tool: str
    helmet: bool = False


def draw(sitter: Sitter, width: int) -> bytes:
    """The portrait, three wide to four high, as JPEG."""
    random = Random(f"portrait:{sitter.seed}")  # noqa: S311 - nothing secret
    sheet = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(sheet, "RGBA")
    _ground(sheet, pen, random)
    TOOLS[sitter.tool](pen, random.choice((-1, 1)))
    face = _Face(random, sitter)
    face.body(pen)
    face.head(pen)
    sheet = sheet.filter(ImageFilter.GaussianBlur(1.1))
    _brushed(sheet, random)
    if random.random() < 0.5:
        sheet = sheet.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    made = io.BytesIO()
    sheet.resize((width, width * 4 // 3), Image.Resampling.LANCZOS).save(made, "JPEG", quality=88)
    return made.getvalue()


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


def _ground(sheet: Image.Image, pen: ImageDraw.ImageDraw, random: Random) -> None:
    """A disc of pale wash, as on a plate, with the fine cracks of old glaze."""
    x, y, r = 480 + random.randint(-30, 30), 520 + random.randint(-40, 20), 430
    pen.ellipse((x - r, y - r, x + r, y + r), fill=(*PALE, 150))
    pen.ellipse((x - r + 26, y - r + 26, x + r - 26, y + r - 26), outline=(*MIDDLE, 110), width=3)
    pen.ellipse((x - r, y - r, x + r, y + r), outline=(*DEEP, 150), width=5)
    for _ in range(7):
        at = (random.randint(0, 960), random.randint(0, 1280))
        line = [at]
        for _ in range(5):
            at = (at[0] + random.randint(-110, 110), at[1] + random.randint(-90, 90))
            line.append(at)
        pen.line(line, fill=(*LIGHT, 60), width=2)


def _brushed(sheet: Image.Image, random: Random) -> None:
    """Wash is never even: a slow unevenness over the whole sheet, in place."""
    small = Image.frombytes("L", (12, 16), random.randbytes(12 * 16))
    cloud = small.resize(SIZE, Image.Resampling.BICUBIC)
    lighter = Image.blend(sheet, Image.new("RGB", SIZE, GROUND), 0.20)
    sheet.paste(lighter, mask=cloud.point(lambda value: value * 2 // 3))


class _Face:
    """One head and its shoulders; everything about it is drawn from the sitter's random numbers."""

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

    def body(self, pen: ImageDraw.ImageDraw) -> None:
        random, x = self.random, self.x
        wide = random.randint(300, 330) if self.sitter.woman else random.randint(335, 372)
        high = self.chin + random.randint(96, 122)
        cloth = random.choice((DEEP, MIDDLE, (52, 88, 158)))
        shoulders = [
            (x - wide - 34, 1300), (x - wide, 1130), (x - wide * 0.86, high + 86), (x - wide * 0.42, high + 10),
            (x - 88, high - 34), (x + 88, high - 34), (x + wide * 0.42, high + 10), (x + wide * 0.86, high + 86),
            (x + wide, 1130), (x + wide + 34, 1300),
        ]  # fmt: skip
        pen.polygon(curve(shoulders), fill=cloth)
        shade = [(x + 40, high + 20), (x + wide * 0.5, high + 30), (x + wide * 0.9, high + 110), (x + wide + 8, 1300),
                 (x + 130, 1300), (x + 150, 1080)]  # fmt: skip
        pen.polygon(curve(shade, closed=True), fill=(*INK, 90))
        neck = 78 if self.sitter.woman else 96
        pen.polygon(
            curve([(x - neck, self.chin - 120), (x - neck + 4, high - 20), (x - 8, high + 92), (x + neck - 4, high - 20),
                   (x + neck, self.chin - 120)]), fill=SKIN,
        )  # fmt: skip
        pen.polygon(
            curve([(x - 40, self.chin - 30), (x + 10, self.chin + 34), (x + neck - 26, high + 6), (x + neck, high - 26),
                   (x + neck, self.chin - 120)], closed=True), fill=SHADE,
        )  # fmt: skip
        random.choice((self._stand_collar, self._work_collar, self._apron))(pen, high, cloth)
        stroke(pen, shoulders[:5], 8)
        stroke(pen, shoulders[5:], 8)

    def _stand_collar(self, pen: ImageDraw.ImageDraw, high: float, cloth: tuple[int, ...]) -> None:
        x = self.x
        for side in (-1, 1):
            band = [(x + side * 102, high - 62), (x + side * 96, high + 8), (x + side * 6, high + 104),
                    (x + side * 2, high + 58), (x + side * 70, high - 22)]  # fmt: skip
            pen.polygon(band, fill=cloth)
            stroke(pen, [(x + side * 102, high - 62), (x + side * 72, high - 10), (x + side * 4, high + 62)], 7)
        stroke(pen, [(x, high + 100), (x + 3, high + 200), (x, 1290)], 7)
        for button in range(3):
            pen.ellipse((x + 14, high + 150 + button * 92, x + 32, high + 168 + button * 92), fill=PALE)

    def _work_collar(self, pen: ImageDraw.ImageDraw, high: float, cloth: tuple[int, ...]) -> None:
        x = self.x
        pen.polygon([(x - 80, high - 20), (x, high + 150), (x + 80, high - 20), (x, high + 96)], fill=GROUND)
        for side in (-1, 1):
            lapel = [(x + side * 104, high - 66), (x + side * 152, high + 62), (x + side * 80, high + 130),
                     (x + side * 4, high + 152), (x + side * 84, high - 8)]  # fmt: skip
            pen.polygon(lapel, fill=LIGHT if cloth != MIDDLE else PALE)
            pen.line([*lapel, lapel[0]], fill=INK, width=5, joint="curve")
        stroke(pen, [(x, high + 150), (x + 2, high + 260), (x, 1290)], 7)
        pen.rounded_rectangle((x + 132, high + 228, x + 244, high + 340), 10, outline=(*INK, 220), width=5)
        pen.line((x + 132, high + 258, x + 244, high + 258), fill=(*INK, 220), width=4)

    def _apron(self, pen: ImageDraw.ImageDraw, high: float, cloth: tuple[int, ...]) -> None:
        x = self.x
        stroke(
            pen, [(x - 96, high - 34), (x - 40, high + 58), (x, high + 84), (x + 40, high + 58), (x + 96, high - 34)], 8
        )
        bib = [(x - 176, high + 190), (x + 176, high + 190), (x + 214, 1300), (x - 214, 1300)]
        pen.polygon(bib, fill=PALE)
        pen.polygon([(x + 70, high + 190), (x + 176, high + 190), (x + 214, 1300), (x + 120, 1300)], fill=LIGHT)
        pen.line([*bib[:2]], fill=INK, width=6)
        for side in (-1, 1):
            stroke(
                pen, [(x + side * 172, high + 190), (x + side * 186, high + 60), (x + side * 140, high - 2)], 16, DEEP
            )

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

    def head(self, pen: ImageDraw.ImageDraw) -> None:
        x, half = self.x, self.half
        if self.sitter.woman and not self.sitter.helmet:
            self._long_hair_behind(pen)
        for side in (-1, 1):
            ear = (x + side * half - 22, self.eyes - 34, x + side * half + 22, self.eyes + 62)
            pen.ellipse(ear, fill=SKIN if side < 0 else SHADE, outline=INK, width=4)
        face = curve(self.outline(), closed=True)
        pen.polygon(face, fill=SKIN)
        self._shadow(pen)
        stroke(pen, self.outline()[1:10], 7)
        self._features(pen)
        if self.old > 0.15:
            self._lines(pen)
        if self.sitter.helmet:
            self._helmet(pen)
        else:
            (self._womans_hair if self.sitter.woman else self._mans_hair)(pen)
        if self.random.random() < (0.16 + 0.22 * min(1.0, self.old)):
            self._glasses(pen)

    def _shadow(self, pen: ImageDraw.ImageDraw) -> None:
        """The half that is turned from the window."""
        x, half, jaw = self.x + self.turn * 0.6, self.half, self.half * self.jaw
        plane = [
            (x + half * 0.52, self.top + 60), (x + half * 0.40, self.eyes - 34), (x + half * 0.58, self.eyes + 50),
            (x + half * 0.34, self.chin - 118), (x + jaw * 0.24, self.chin - 26), (self.x + jaw * 0.52, self.chin - 24),
            (self.x + jaw * 0.97, self.chin - 94), (self.x + half * 0.95, self.eyes + 90),
            (self.x + half * 0.985, self.eyes - 30), (self.x + half * 0.84, self.top + 50),
        ]  # fmt: skip
        pen.polygon(curve(plane, closed=True), fill=(*SHADE, 190))
        for side in (-1, 1):  # the hollows of the eyes
            at = self.x + side * half * 0.44 + self.turn * 0.5
            pen.ellipse((at - 50, self.eyes - 44, at + 50, self.eyes + 20), fill=(*SHADE, 120))

    def _features(self, pen: ImageDraw.ImageDraw) -> None:
        random, half, turn = self.random, self.half, self.turn
        tilt = random.uniform(-6, 5)
        brow = random.uniform(9, 12) if self.sitter.woman else random.uniform(14, 20)
        open_by = random.uniform(9, 13)
        for side in (-1, 1):
            at, wide = self.x + side * half * 0.44 + turn, 42 if side * turn < 0 else 38
            lid = [(at - wide, self.eyes + (5 if side > 0 else 2)), (at - wide * 0.35, self.eyes - open_by),
                   (at + wide * 0.4, self.eyes - open_by + 1), (at + wide, self.eyes + (2 if side > 0 else 5))]  # fmt: skip
            pen.polygon(curve([*lid, (at, self.eyes + 10)], closed=True), fill=(232, 238, 244))
            look = at + turn * 0.12
            pen.ellipse((look - 17, self.eyes - open_by - 3, look + 17, self.eyes + 12), fill=DEEP)
            pen.ellipse((look - 9, self.eyes - 9, look + 9, self.eyes + 7), fill=INK)
            pen.ellipse((look - 8, self.eyes - 8, look - 3, self.eyes - 3), fill=GROUND)
            stroke(pen, lid, 10)
            stroke(
                pen,
                [(at - wide * 0.7, self.eyes + 10), (at, self.eyes + 14), (at + wide * 0.7, self.eyes + 10)],
                3,
                DEEP,
            )
            inner, outer = at - side * wide * 1.05, at + side * wide * 1.2
            high = self.eyes - 52
            stroke(pen, [(inner, high + 4 - tilt * 0.3), (at, high - 12), (outer, high + 4 + tilt)], brow, self.hair)
        nose = self.eyes + (self.chin - self.eyes) * 0.44
        bridge = self.x + turn * 1.3
        pen.polygon(
            curve([(bridge + 12, self.eyes - 26), (bridge + 18, nose - 40), (bridge + 40, nose - 2), (bridge + 10, nose + 12),
                   (bridge + 4, nose - 50)], closed=True), fill=(*SHADE, 215),
        )  # fmt: skip
        stroke(pen, [(bridge + 10, self.eyes - 18), (bridge + 16, nose - 52), (bridge + 34, nose - 12)], 4, DEEP)
        stroke(pen, [(bridge - 34, nose - 2), (bridge - 20, nose + 9), (bridge - 2, nose + 8), (bridge + 20, nose + 10),
                     (bridge + 36, nose - 4)], 6)  # fmt: skip
        mouth, broad = self.eyes + (self.chin - self.eyes) * 0.685, random.uniform(50, 62)
        at, smile = self.x + turn, random.uniform(2, 10)
        lips = (150, 172, 212) if self.sitter.woman else (184, 200, 224)
        pen.polygon(
            curve([(at - broad, mouth - smile), (at - 16, mouth - 13), (at, mouth - 9), (at + 16, mouth - 13),
                   (at + broad, mouth - smile), (at, mouth + 21)], closed=True), fill=(*lips, 220),
        )  # fmt: skip
        stroke(pen, [(at - broad - 3, mouth - smile - 2), (at - 22, mouth), (at, mouth + 2), (at + 22, mouth),
                     (at + broad + 3, mouth - smile - 2)], 6)  # fmt: skip
        stroke(pen, [(at - 26, mouth + 32), (at, mouth + 36), (at + 26, mouth + 32)], 4, MIDDLE)

    def _lines(self, pen: ImageDraw.ImageDraw) -> None:
        """What years and kilns leave."""
        ink = (*MIDDLE, int(120 + 110 * min(1.0, self.old)))
        nose = self.eyes + (self.chin - self.eyes) * 0.42
        for side in (-1, 1):
            at = self.x + self.turn + side * 52
            stroke(pen, [(at, nose), (at + side * 26, nose + 44), (at + side * 24, nose + 92)], 5, ink)
            edge = self.x + side * self.half * 0.44 + self.turn + side * 50
            for fold in (-8, 6, 18)[: 1 + round(2 * min(1.0, self.old))]:
                stroke(pen, [(edge, self.eyes + fold * 0.4), (edge + side * 26, self.eyes + fold)], 4, ink)
        for row in range(round(2 * min(1.0, self.old))):
            high = self.eyes - 112 - row * 26
            stroke(pen, [(self.x - 66, high + 4), (self.x + self.turn, high - 3), (self.x + 82, high + 5)], 4, ink)

    def _mans_hair(self, pen: ImageDraw.ImageDraw) -> None:
        x, half, random = self.x, self.half, self.random
        line = self.top + random.randint(64, 96) + (14 if self.old > 0.7 else 0) - 30 * min(1.0, self.old)
        part = random.uniform(-0.6, 0.6) * half
        high = self.top - random.randint(46, 78)
        cap = [
            (x - half - 8, self.eyes - 24), (x - half - 16, self.eyes - 110), (x - half * 0.78, high + 44),
            (x - half * 0.1, high), (x + half * 0.72, high + 34), (x + half + 16, self.eyes - 116),
            (x + half + 8, self.eyes - 24), (x + half * 0.90, self.eyes - 66), (x + half * 0.80, line + 44),
            (x + part + 60, line - 6), (x + part, line + 14), (x + part - 70, line + 2), (x - half * 0.80, line + 46),
            (x - half * 0.90, self.eyes - 66),
        ]  # fmt: skip
        pen.polygon(curve(cap, closed=True), fill=self.hair)
        for lock in range(9):
            at = x - half * 0.8 + lock * half * 0.2
            stroke(
                pen,
                [(at, line - 4), (at + (at - x) * 0.06 + 14, (line + high) / 2), (at + 34, high + 36)],
                4,
                (*LIGHT, 120),
            )

    def _womans_hair(self, pen: ImageDraw.ImageDraw) -> None:
        x, half = self.x, self.half
        high, part = self.top - self.random.randint(44, 66), self.random.choice((-0.34, 0.0, 0.3)) * half
        for side in (-1, 1):
            fall = [
                (x + part, high + 6), (x + side * half * 0.74, high + 30), (x + side * (half + 22), self.eyes - 60),
                (x + side * (half + 16), self.eyes + 40), (x + side * half * 0.97, self.eyes + 6),
                (x + side * half * 0.86, self.eyes - 84), (x + side * half * 0.4 + part * 0.6, self.top + 44),
                (x + part, self.top + 18),
            ]  # fmt: skip
            pen.polygon(curve(fall, closed=True), fill=self.hair)
            for lock in range(4):
                reach = side * half * (0.35 + 0.17 * lock)
                stroke(pen, [(x + part, high + 24), (x + reach, self.top + 12 + lock * 12),
                             (x + side * half * (0.84 + 0.05 * lock), self.eyes - 76 + lock * 8)], 4, (*LIGHT, 120))  # fmt: skip

    def _long_hair_behind(self, pen: ImageDraw.ImageDraw) -> None:
        x, half = self.x, self.half
        kind = self.random.randrange(3)
        if kind == 0:  # a bun
            pen.ellipse((x - 84, self.top - 148, x + 84, self.top + 10), fill=self.hair)
            stroke(pen, [(x - 130, self.top - 60), (x + 10, self.top - 82), (x + 140, self.top - 118)], 12, MIDDLE)
        low = self.chin + (130 if kind == 2 else 6)
        if kind:
            fall = [(x - half - 6, self.top + 40), (x - half - 46, self.eyes + 60), (x - half - 30, low),
                    (x - half * 0.4, low + 12), (x + half * 0.4, low + 12), (x + half + 30, low),
                    (x + half + 46, self.eyes + 60), (x + half + 6, self.top + 40)]  # fmt: skip
            pen.polygon(curve(fall, closed=True), fill=self.hair)

    def _helmet(self, pen: ImageDraw.ImageDraw) -> None:
        x, half, brim = self.x, self.half + 26, self.top + 96
        for side in (-1, 1):  # the hair that shows below the rim
            edge = [(x + side * self.half * 0.84, brim), (x + side * (self.half + 8), brim),
                    (x + side * (self.half + 4), self.eyes - 18), (x + side * self.half * 0.93, self.eyes - 26)]  # fmt: skip
            pen.polygon(edge, fill=self.hair)
        dome = [(x - half, brim), (x - half * 0.94, self.top - 24), (x - half * 0.5, self.top - 112), (x, self.top - 134),
                (x + half * 0.5, self.top - 112), (x + half * 0.94, self.top - 24), (x + half, brim)]  # fmt: skip
        pen.polygon(curve(dome), fill=PALE)
        pen.polygon(curve([(x + 30, self.top - 128), (x + half * 0.6, self.top - 92), (x + half * 0.96, self.top - 10),
                           (x + half, brim), (x + 70, brim)], closed=True), fill=(*LIGHT, 220))  # fmt: skip
        pen.polygon(curve([(x - half - 24, brim + 8), (x - half * 0.5, brim - 16), (x, brim - 22), (x + half * 0.5, brim - 16),
                           (x + half + 24, brim + 8), (x, brim + 26)], closed=True), fill=MIDDLE)  # fmt: skip
        for rib in (-46, 0, 46):
            stroke(
                pen, [(x + rib * 0.6, self.top - 128), (x + rib, self.top - 40), (x + rib * 1.1, brim - 22)], 6, DEEP
            )
        stroke(pen, dome, 8)
        for side in (-1, 1):
            stroke(pen, [(x + side * (self.half + 4), brim + 20), (x + side * self.half * 0.96, self.eyes + 120),
                         (x + side * 40, self.chin + 16)], 8, DEEP)  # fmt: skip

    def _glasses(self, pen: ImageDraw.ImageDraw) -> None:
        for side in (-1, 1):
            at = self.x + side * self.half * 0.44 + self.turn
            pen.rounded_rectangle((at - 60, self.eyes - 40, at + 60, self.eyes + 42), 30, outline=INK, width=6)
            pen.line((at + side * 60, self.eyes - 8, self.x + side * self.half, self.eyes - 18), fill=INK, width=6)
        stroke(pen, [(self.x + self.turn - 14, self.eyes - 6), (self.x + self.turn, self.eyes - 14),
                     (self.x + self.turn + 14, self.eyes - 6)], 6)  # fmt: skip
