# ruff: noqa: E501 - a stroke stands whole, a line each
"""Portraits of people who do not exist, drawn as a porcelain painter would: cobalt wash and line on a white ground.

Pure: the same sitter gives the same picture. A bust in planes of wash, half of the face in shade, the tool of the
trade behind the shoulder. Knows Pillow alone; each picture is drawn large and made small, so that its lines are calm.
"""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from ganpo.demo import portrait_hair
from ganpo.demo.brush import DEEP, GROUND, INK, LIGHT, MIDDLE, PALE, SHADE, SKIN, curve, stroke
from ganpo.demo.portrait_clothes import draw_body
from ganpo.demo.portrait_heads import Head, Sitter
from ganpo.demo.portrait_tools import TOOLS

SIZE = (960, 1280)  # the sheet that is drawn on


def draw(sitter: Sitter, width: int) -> bytes:
    """The portrait, three wide to four high, as JPEG."""
    random = Random(f"portrait:{sitter.seed}")  # noqa: S311 - nothing secret
    sheet = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(sheet, "RGBA")
    _ground(sheet, pen, random)
    TOOLS[sitter.tool](pen, random.choice((-1, 1)))
    head = Head(random, sitter)
    draw_body(head, pen)
    _face(head, pen)
    sheet = sheet.filter(ImageFilter.GaussianBlur(1.1))
    _brushed(sheet, random)
    if random.random() < 0.5:
        sheet = sheet.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    made = io.BytesIO()
    sheet.resize((width, width * 4 // 3), Image.Resampling.LANCZOS).save(made, "JPEG", quality=88)
    return made.getvalue()


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


def _face(head: Head, pen: ImageDraw.ImageDraw) -> None:
    x, half = head.x, head.half
    if head.sitter.woman and not head.sitter.helmet:
        portrait_hair.long_hair_behind(head, pen)
    for side in (-1, 1):
        ear = (x + side * half - 22, head.eyes - 34, x + side * half + 22, head.eyes + 62)
        pen.ellipse(ear, fill=SKIN if side < 0 else SHADE, outline=INK, width=4)
    face = curve(head.outline(), closed=True)
    pen.polygon(face, fill=SKIN)
    _shadow(head, pen)
    stroke(pen, head.outline()[1:10], 7)
    _features(head, pen)
    if head.old > 0.15:
        _lines(head, pen)
    if head.sitter.helmet:
        portrait_hair.helmet(head, pen)
    else:
        (portrait_hair.womans_hair if head.sitter.woman else portrait_hair.mans_hair)(head, pen)
    if head.random.random() < (0.16 + 0.22 * min(1.0, head.old)):
        _glasses(head, pen)


def _shadow(head: Head, pen: ImageDraw.ImageDraw) -> None:
    """The half that is turned from the window."""
    x, half, jaw = head.x + head.turn * 0.6, head.half, head.half * head.jaw
    plane = [
        (x + half * 0.52, head.top + 60), (x + half * 0.40, head.eyes - 34), (x + half * 0.58, head.eyes + 50),
        (x + half * 0.34, head.chin - 118), (x + jaw * 0.24, head.chin - 26), (head.x + jaw * 0.52, head.chin - 24),
        (head.x + jaw * 0.97, head.chin - 94), (head.x + half * 0.95, head.eyes + 90),
        (head.x + half * 0.985, head.eyes - 30), (head.x + half * 0.84, head.top + 50),
    ]  # fmt: skip
    pen.polygon(curve(plane, closed=True), fill=(*SHADE, 190))
    for side in (-1, 1):  # the hollows of the eyes
        at = head.x + side * half * 0.44 + head.turn * 0.5
        pen.ellipse((at - 50, head.eyes - 44, at + 50, head.eyes + 20), fill=(*SHADE, 120))


def _features(head: Head, pen: ImageDraw.ImageDraw) -> None:
    random, half, turn = head.random, head.half, head.turn
    tilt = random.uniform(-6, 5)
    brow = random.uniform(9, 12) if head.sitter.woman else random.uniform(14, 20)
    open_by = random.uniform(9, 13)
    for side in (-1, 1):
        at, wide = head.x + side * half * 0.44 + turn, 42 if side * turn < 0 else 38
        lid = [(at - wide, head.eyes + (5 if side > 0 else 2)), (at - wide * 0.35, head.eyes - open_by),
               (at + wide * 0.4, head.eyes - open_by + 1), (at + wide, head.eyes + (2 if side > 0 else 5))]  # fmt: skip
        pen.polygon(curve([*lid, (at, head.eyes + 10)], closed=True), fill=(232, 238, 244))
        look = at + turn * 0.12
        pen.ellipse((look - 17, head.eyes - open_by - 3, look + 17, head.eyes + 12), fill=DEEP)
        pen.ellipse((look - 9, head.eyes - 9, look + 9, head.eyes + 7), fill=INK)
        pen.ellipse((look - 8, head.eyes - 8, look - 3, head.eyes - 3), fill=GROUND)
        stroke(pen, lid, 10)
        stroke(
            pen,
            [(at - wide * 0.7, head.eyes + 10), (at, head.eyes + 14), (at + wide * 0.7, head.eyes + 10)],
            3,
            DEEP,
        )
        inner, outer = at - side * wide * 1.05, at + side * wide * 1.2
        high = head.eyes - 52
        stroke(pen, [(inner, high + 4 - tilt * 0.3), (at, high - 12), (outer, high + 4 + tilt)], brow, head.hair)
    nose = head.eyes + (head.chin - head.eyes) * 0.44
    bridge = head.x + turn * 1.3
    pen.polygon(
        curve([(bridge + 12, head.eyes - 26), (bridge + 18, nose - 40), (bridge + 40, nose - 2), (bridge + 10, nose + 12),
               (bridge + 4, nose - 50)], closed=True), fill=(*SHADE, 215),
    )  # fmt: skip
    stroke(pen, [(bridge + 10, head.eyes - 18), (bridge + 16, nose - 52), (bridge + 34, nose - 12)], 4, DEEP)
    stroke(pen, [(bridge - 34, nose - 2), (bridge - 20, nose + 9), (bridge - 2, nose + 8), (bridge + 20, nose + 10),
                 (bridge + 36, nose - 4)], 6)  # fmt: skip
    mouth, broad = head.eyes + (head.chin - head.eyes) * 0.685, random.uniform(50, 62)
    at, smile = head.x + turn, random.uniform(2, 10)
    lips = (150, 172, 212) if head.sitter.woman else (184, 200, 224)
    pen.polygon(
        curve([(at - broad, mouth - smile), (at - 16, mouth - 13), (at, mouth - 9), (at + 16, mouth - 13),
               (at + broad, mouth - smile), (at, mouth + 21)], closed=True), fill=(*lips, 220),
    )  # fmt: skip
    stroke(pen, [(at - broad - 3, mouth - smile - 2), (at - 22, mouth), (at, mouth + 2), (at + 22, mouth),
                 (at + broad + 3, mouth - smile - 2)], 6)  # fmt: skip
    stroke(pen, [(at - 26, mouth + 32), (at, mouth + 36), (at + 26, mouth + 32)], 4, MIDDLE)


def _lines(head: Head, pen: ImageDraw.ImageDraw) -> None:
    """What years and kilns leave."""
    ink = (*MIDDLE, int(120 + 110 * min(1.0, head.old)))
    nose = head.eyes + (head.chin - head.eyes) * 0.42
    for side in (-1, 1):
        at = head.x + head.turn + side * 52
        stroke(pen, [(at, nose), (at + side * 26, nose + 44), (at + side * 24, nose + 92)], 5, ink)
        edge = head.x + side * head.half * 0.44 + head.turn + side * 50
        for fold in (-8, 6, 18)[: 1 + round(2 * min(1.0, head.old))]:
            stroke(pen, [(edge, head.eyes + fold * 0.4), (edge + side * 26, head.eyes + fold)], 4, ink)
    for row in range(round(2 * min(1.0, head.old))):
        high = head.eyes - 112 - row * 26
        stroke(pen, [(head.x - 66, high + 4), (head.x + head.turn, high - 3), (head.x + 82, high + 5)], 4, ink)


def _glasses(head: Head, pen: ImageDraw.ImageDraw) -> None:
    for side in (-1, 1):
        at = head.x + side * head.half * 0.44 + head.turn
        pen.rounded_rectangle((at - 60, head.eyes - 40, at + 60, head.eyes + 42), 30, outline=INK, width=6)
        pen.line((at + side * 60, head.eyes - 8, head.x + side * head.half, head.eyes - 18), fill=INK, width=6)
    stroke(pen, [(head.x + head.turn - 14, head.eyes - 6), (head.x + head.turn, head.eyes - 14),
                 (head.x + head.turn + 14, head.eyes - 6)], 6)  # fmt: skip
