"""Tools of trades as line drawings for a portrait's ground: each stands behind a shoulder, upright, in one blue.

Each function takes the pen and the side (-1 or 1). The sheet is 960 wide and 1280 high.
"""

import math
from collections.abc import Callable, Mapping

from PIL.ImageDraw import ImageDraw

LINE, WASH = (44, 80, 150, 235), (120, 150, 204, 130)


def _at(side: int, x: float) -> float:
    """`x` from the middle of the sheet outwards."""
    return 480 + side * x


def _box(pen: ImageDraw, side: int, left: float, top: float, right: float, bottom: float, wash: bool = True) -> None:  # noqa: PLR0917
    x = sorted((_at(side, left), _at(side, right)))
    pen.rectangle((x[0], top, x[1], bottom), fill=WASH if wash else None, outline=LINE, width=6)


def _line(pen: ImageDraw, side: int, *points: tuple[float, float], width: int = 7) -> None:
    pen.line([(_at(side, x), y) for x, y in points], fill=LINE, width=width, joint="curve")


def _shape(pen: ImageDraw, side: int, *points: tuple[float, float]) -> None:
    placed = [(_at(side, x), y) for x, y in points]
    pen.polygon(placed, fill=WASH)
    pen.line([*placed, placed[0]], fill=LINE, width=6, joint="curve")


def _ring(pen: ImageDraw, side: int, x: float, y: float, r: float, wash: bool = False) -> None:  # noqa: PLR0917
    pen.ellipse((_at(side, x) - r, y - r, _at(side, x) + r, y + r), fill=WASH if wash else None, outline=LINE, width=7)


def brush(pen: ImageDraw, side: int) -> None:
    """A writing brush beside a vase: who decorates porcelain."""
    _shape(pen, side, (352, 120), (378, 120), (374, 470), (356, 470))
    _shape(pen, side, (356, 470), (374, 470), (382, 540), (365, 610), (348, 540))
    _shape(pen, -side, (300, 330), (350, 330), (346, 390), (400, 470), (410, 590), (360, 700), (290, 700), (240, 590),
           (250, 470), (304, 390))  # fmt: skip
    _line(pen, -side, (246, 500), (325, 530), (404, 500))
    _line(pen, -side, (250, 620), (325, 648), (402, 620))


def torch(pen: ImageDraw, side: int) -> None:
    """A welder's torch with its spark."""
    _shape(pen, side, (300, 250), (330, 230), (430, 420), (402, 436))
    _line(pen, side, (300, 245), (272, 196), (250, 180), width=10)
    _line(pen, side, (418, 430), (440, 560), (410, 700), (440, 860), width=10)
    for x, y in ((200, 120), (250, 90), (190, 190), (170, 150), (228, 250), (290, 130)):
        _line(pen, side, (238, 170), (x, y), width=4)
    _shape(pen, -side, (300, 260), (420, 260), (430, 470), (360, 540), (290, 470))
    _box(pen, -side, 312, 320, 408, 390, wash=False)


def plane(pen: ImageDraw, side: int) -> None:
    """A frame saw and a mortise joint: the joiner."""
    _line(pen, side, (290, 160), (430, 160), width=14)
    _line(pen, side, (290, 620), (430, 620), width=14)
    _line(pen, side, (360, 160), (360, 620), width=12)
    _line(pen, side, (424, 168), (424, 612), width=6)
    _line(pen, side, (296, 168), (296, 612), width=4)
    for tooth in range(14):
        y = 180 + tooth * 30
        _line(pen, side, (424, y), (438, y + 15), (424, y + 30), width=4)
    _shape(pen, -side, (270, 330), (350, 330), (350, 400), (420, 400), (420, 470), (350, 470), (350, 560), (270, 560))


def board(pen: ImageDraw, side: int) -> None:
    """A printed circuit."""
    _box(pen, side, 250, 180, 440, 560)
    for row in range(5):
        y = 230 + row * 70
        _line(pen, side, (270, y), (330, y), (352, y + 30), (420, y + 30), width=5)
        _ring(pen, side, 270, y, 9, wash=True)
        _ring(pen, side, 424, y + 30, 9)
    _line(pen, -side, (330, 160), (330, 600), width=6)
    _shape(pen, -side, (320, 160), (340, 160), (334, 110), (326, 110))
    _ring(pen, -side, 330, 340, 62, wash=True)
    _line(pen, -side, (330, 340), (360, 306), width=5)


def mortar(pen: ImageDraw, side: int) -> None:
    """A herb cutter's drawers and a pot over the fire."""
    for row in range(4):
        for column in range(2):
            _box(pen, side, 250 + column * 100, 160 + row * 100, 342 + column * 100, 252 + row * 100)
            _ring(pen, side, 296 + column * 100, 212 + row * 100, 9)
    _shape(pen, -side, (260, 420), (430, 420), (414, 540), (380, 580), (310, 580), (276, 540))
    _line(pen, -side, (300, 400), (310, 340), (290, 290), (304, 230), width=5)
    _line(pen, -side, (370, 400), (380, 330), (360, 270), (376, 210), width=5)


def gear(pen: ImageDraw, side: int) -> None:
    """A gear and a spanner: fitters of all kinds."""
    for spoke in range(12):
        turn = spoke * math.pi / 6
        x, y = 345 + 118 * math.cos(turn), 300 + 118 * math.sin(turn)
        _ring(pen, side, x, y, 20, wash=True)
    _ring(pen, side, 345, 300, 108, wash=True)
    _ring(pen, side, 345, 300, 40)
    _shape(pen, -side, (320, 300), (350, 300), (356, 660), (314, 660))
    _ring(pen, -side, 335, 262, 52, wash=True)
    _shape(pen, -side, (318, 196), (352, 196), (348, 262), (322, 262))


def lathe(pen: ImageDraw, side: int) -> None:
    """A calliper and a turned shaft."""
    _box(pen, side, 330, 140, 366, 640)
    for mark in range(16):
        _line(pen, side, (366, 170 + mark * 28), (350 if mark % 5 else 338, 170 + mark * 28), width=3)
    _shape(pen, side, (330, 140), (230, 150), (230, 190), (330, 200))
    _shape(pen, side, (330, 330), (236, 320), (236, 290), (330, 270))
    for part, (half, top, bottom) in enumerate(((26, 200, 300), (50, 300, 390), (36, 390, 520), (62, 520, 640))):
        _box(pen, -side, 340 - half, top, 340 + half, bottom, wash=part % 2 == 0)


def line(pen: ImageDraw, side: int) -> None:
    """A pylon: who keeps the current on."""
    _line(pen, side, (300, 700), (350, 150), (400, 700), width=7)
    for y, half in ((230, 60), (320, 84), (410, 60)):
        _line(pen, side, (350 - half, y), (350 + half, y), width=7)
        for end in (-half, half):
            _line(pen, side, (350 + end, y), (350 + end, y + 34), width=5)
    for y in range(440, 700, 65):
        spread = (y - 150) / 11
        _line(pen, side, (350 - spread, y), (350 + spread + 6, y + 65), width=4)
        _line(pen, side, (350 + spread, y), (350 - spread - 6, y + 65), width=4)
    _shape(pen, -side, (350, 160), (280, 340), (330, 340), (296, 520), (400, 290), (346, 290), (384, 160))


def leaf(pen: ImageDraw, side: int) -> None:
    """A spray of tea and a gaiwan."""
    _line(pen, side, (330, 640), (352, 420), (372, 180), width=6)
    for y, lean in ((520, -1), (450, 1), (380, -1), (310, 1), (240, -1)):
        x = 330 + (640 - y) * 0.09
        _shape(pen, side, (x, y), (x + lean * 34, y - 52), (x + lean * 88, y - 76), (x + lean * 66, y - 26))
    _shape(pen, -side, (262, 430), (418, 430), (392, 530), (366, 552), (314, 552), (288, 530))
    _shape(pen, -side, (280, 420), (400, 420), (370, 370), (310, 370))
    _ring(pen, -side, 340, 356, 15, wash=True)


def needle(pen: ImageDraw, side: int) -> None:
    """Scissors and thread."""
    _line(pen, side, (300, 150), (390, 480), width=12)
    _line(pen, side, (400, 150), (310, 480), width=12)
    _ring(pen, side, 300, 540, 52)
    _ring(pen, side, 402, 540, 52)
    _ring(pen, side, 350, 332, 10, wash=True)
    _box(pen, -side, 296, 240, 396, 270)
    _box(pen, -side, 310, 270, 382, 470)
    _box(pen, -side, 296, 470, 396, 500)
    for row in range(7):
        _line(pen, -side, (310, 290 + row * 26), (382, 302 + row * 26), width=4)
    _line(pen, -side, (382, 460), (430, 560), (300, 640), (420, 720), width=4)


def flask(pen: ImageDraw, side: int) -> None:
    """A flask and a balance: who tests."""
    _shape(pen, side, (330, 160), (376, 160), (372, 330), (440, 540), (420, 580), (286, 580), (266, 540), (334, 330))
    _line(pen, side, (292, 470), (350, 484), (414, 470), width=5)
    for x, y, r in ((330, 520, 14), (370, 536, 10), (352, 430, 8)):
        _ring(pen, side, x, y, r)
    _line(pen, -side, (340, 190), (340, 620), width=9)
    _line(pen, -side, (250, 250), (430, 230), width=7)
    for x in (250, 430):
        _line(pen, -side, (x - 44, 400), (x, 244), (x + 44, 400), (x - 44, 400), width=5)


def road(pen: ImageDraw, side: int) -> None:
    """A rail and a signal: who keeps traffic moving."""
    _line(pen, side, (350, 170), (350, 700), width=11)
    _box(pen, side, 300, 150, 400, 400)
    for place in range(3):
        _ring(pen, side, 350, 196 + place * 78, 28, wash=place == 1)
    _line(pen, -side, (290, 760), (330, 240), width=8)
    _line(pen, -side, (430, 760), (366, 240), width=8)
    for y in range(270, 760, 62):
        spread = (y - 240) / 8
        _line(pen, -side, (318 - spread, y), (378 + spread, y), width=9)


def whisk(pen: ImageDraw, side: int) -> None:
    """A cook's knife and a steamer."""
    _shape(pen, side, (290, 170), (410, 170), (410, 420), (290, 400))
    _shape(pen, side, (388, 420), (410, 420), (414, 590), (386, 590))
    for row in range(3):
        _box(pen, -side, 250, 330 + row * 86, 430, 406 + row * 86)
    _shape(pen, -side, (250, 322), (430, 322), (400, 276), (280, 276))
    _line(pen, -side, (310, 250), (320, 200), (302, 150), width=5)
    _line(pen, -side, (370, 250), (380, 190), (362, 140), width=5)


Tool = Callable[[ImageDraw, int], None]

TOOLS: Mapping[str, Tool] = {
    "brush": brush, "torch": torch, "plane": plane, "board": board, "mortar": mortar, "gear": gear, "lathe": lathe,
    "line": line, "leaf": leaf, "needle": needle, "flask": flask, "road": road, "whisk": whisk,
}  # fmt: skip
