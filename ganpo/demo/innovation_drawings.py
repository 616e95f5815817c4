"""Pictures of the made-up province's innovations, drawn with the brush of portraits and tricks. Pure."""

import math
from collections.abc import Callable

from ganpo.demo.brush import DEEP, GROUND, INK, LIGHT, MIDDLE, PALE, Pen, arrow, shape, stroke
from ganpo.demo.tricks import TRICKS, drawn

WHITE = (250, 252, 252)


def draw(name: str, width: int) -> bytes:
    """The drawing of that name as JPEG. Raises KeyError."""
    return drawn(DRAWINGS[name], width)


def _roll(pen: Pen, x: float, y: float, r: float, turns: int) -> None:
    pen.ellipse((x - r, y - r, x + r, y + r), fill=(*LIGHT, 255), outline=INK, width=8)
    for turn in range(1, turns):
        inner = r * turn / turns
        pen.ellipse((x - inner, y - inner, x + inner, y + inner), outline=(*MIDDLE, 255), width=4)
    pen.ellipse((x - 30, y - 30, x + 30, y + 30), fill=WHITE, outline=INK, width=6)


def _foil_1(pen: Pen) -> None:
    """A dancer roller between two rolls; its angle is the tension."""
    _roll(pen, 260, 470, 190, 6)
    _roll(pen, 1010, 470, 150, 5)
    pen.line([(260, 280), (600, 560), (660, 600), (720, 560), (1010, 320)], fill=INK, width=9, joint="curve")
    pen.line([(660, 180), (660, 560)], fill=(*DEEP, 255), width=16)
    pen.ellipse((610, 510, 710, 610), fill=(*MIDDLE, 255), outline=INK, width=7)
    pen.ellipse((636, 156, 684, 204), fill=WHITE, outline=INK, width=6)
    arrow(pen, (520, 300), (560, 250), (620, 236))
    arrow(pen, (800, 300), (760, 250), (700, 236))


def _foil_2(pen: Pen) -> None:
    """A record of the angle: calm, then trembling, then slower."""
    pen.line([(150, 160), (150, 760), (1150, 760)], fill=INK, width=8)
    pen.line([(150, 300), (1150, 300)], fill=(*MIDDLE, 255), width=4)
    calm = [(160 + step * 12, 520 + 10 * math.sin(step / 2)) for step in range(46)]
    trembling = [(700 + step * 9, 500 - step * 8 + 90 * math.sin(step * 1.7) * step / 20) for step in range(22)]
    after = [(890 + step * 10, 560 + 8 * math.sin(step)) for step in range(26)]
    for line in (calm, trembling, after):
        pen.line(line, fill=(*DEEP, 255), width=9, joint="curve")
    pen.ellipse((850, 256, 930, 336), outline=INK, width=8)
    arrow(pen, (1060, 160), (980, 190), (930, 250))


def _guide(pen: Pen) -> None:
    """Two rolls, a test bar in their pass, a guide pushed up against it."""
    for y in (250, 650):
        _roll(pen, 760, y, 170, 4)
    shape(pen, [(180, 420), (1120, 420), (1120, 480), (180, 480)], (*WHITE, 255))
    shape(pen, [(260, 330), (520, 370), (520, 420), (260, 420)], (*MIDDLE, 255))
    shape(pen, [(260, 480), (520, 480), (520, 530), (260, 570)], (*MIDDLE, 255))
    for y in (300, 600):
        pen.ellipse((350, y - 26, 402, y + 26), fill=(*DEEP, 255), outline=INK, width=5)
    arrow(pen, (180, 250), (240, 270), (280, 320))
    arrow(pen, (180, 650), (240, 630), (280, 580))


def _pot(pen: Pen) -> None:
    """A steaming pot whose water goes through a filter into a tank."""
    outline = [(140, 360), (520, 360), (500, 560), (430, 620), (230, 620), (160, 560)]
    shape(pen, outline, (*MIDDLE, 255))
    pen.ellipse((140, 312, 520, 408), fill=(*PALE, 255), outline=INK, width=6)
    for x in (230, 330, 430):
        stroke(pen, [(x, 290), (x + 36, 230), (x - 12, 170), (x + 26, 100)], 9, LIGHT)
    pen.line([(330, 620), (330, 720), (760, 720), (760, 560)], fill=INK, width=16, joint="curve")
    pen.line([(330, 620), (330, 720), (760, 720), (760, 560)], fill=(*LIGHT, 255), width=7, joint="curve")
    shape(pen, [(500, 684), (590, 684), (590, 756), (500, 756)], WHITE)
    for x in range(512, 590, 16):
        pen.line([(x, 690), (x, 750)], fill=INK, width=3)
    shape(pen, [(820, 300), (1120, 300), (1120, 780), (820, 780)], (*PALE, 255))
    pen.rectangle((826, 470, 1114, 774), fill=(*MIDDLE, 200))
    stroke(pen, [(830, 470), (900, 456), (980, 478), (1110, 462)], 8)
    shape(pen, [(740, 520), (820, 520), (820, 560), (740, 560)], (*GROUND, 255))
    arrow(pen, (980, 230), (980, 280))


DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "foil1": _foil_1,
    "foil2": _foil_2,
    "guide": _guide,
    "pot": _pot,
    **{f"{trick}{place}": paint for trick, paints in TRICKS.items() for place, paint in enumerate(paints, 1)},
}
