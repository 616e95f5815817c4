"""Learn one trick (学一招), in three drawn pictures: five techniques of five people who do not exist.

Pure: the same sheet each time. Drawn with the brush of `portraits.py`, square as pages show it; what happens in a
picture is said beside it, so that nobody needs to guess.
"""

import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from ganpo.demo.brush import DEEP, GROUND, INK, LIGHT, MIDDLE, PALE, Pen, arrow, shape, stroke

SIZE = (1280, 960)


def draw_step(trick: str, step: int, width: int) -> bytes:
    """Picture `step` (0 to 2) of a trick, as JPEG."""
    return drawn(TRICKS[trick][step], width)


def drawn(paint: Callable[[Pen], None], width: int) -> bytes:
    """What `paint` puts on a sheet of `SIZE`, squared and framed, as JPEG."""
    sheet = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(sheet, "RGBA")
    pen.rectangle((0, 690, 1280, 960), fill=(*PALE, 150))  # the bench
    paint(pen)
    square = Image.new("RGB", (1280, 1280), GROUND)
    square.paste(sheet, (0, 200))
    pen = ImageDraw.Draw(square, "RGBA")
    pen.rectangle((0, 1160, 1280, 1280), fill=(*PALE, 150))
    pen.rectangle((24, 24, 1255, 1255), outline=(*DEEP, 160), width=5)
    pen.rectangle((40, 40, 1239, 1239), outline=(*MIDDLE, 110), width=3)
    made = io.BytesIO()
    small = square.filter(ImageFilter.GaussianBlur(1.0)).resize((width, width), Image.Resampling.LANCZOS)
    small.save(made, "JPEG", quality=88)
    return made.getvalue()


def _hand(pen: Pen, x: float, y: float, side: int = 1) -> None:
    """A hand that holds something upright at (x, y), its sleeve leaving the sheet to one side."""
    palm = [(x - 10 * side, y - 60), (x + 80 * side, y - 70), (x + 170 * side, y - 20), (x + 190 * side, y + 70),
            (x + 110 * side, y + 120), (x + 20 * side, y + 90), (x - 30 * side, y + 20)]  # fmt: skip
    shape(pen, palm, (238, 242, 246), smooth=True)
    for row in range(4):
        at = y - 44 + row * 34
        stroke(pen, [(x - 34 * side, at), (x + 10 * side, at - 12), (x + 60 * side, at + 4)], 9)
    sleeve = [(x + 170 * side, y - 40), (x + 420 * side, y + 60), (x + 400 * side, y + 250), (x + 130 * side, y + 110)]
    shape(pen, sleeve, (*DEEP, 255))


def _jar(pen: Pen, x: float, y: float, wide: float, high: float, full: float) -> None:  # noqa: PLR0917
    """An open jar whose bottom stands at y, filled so far (0 to 1)."""
    level = y - high * full
    pen.rectangle((x - wide, level, x + wide, y), fill=(*MIDDLE, 220))
    pen.ellipse((x - wide, level - 18, x + wide, level + 18), fill=(*LIGHT, 255), outline=INK, width=4)
    pen.line([(x - wide, y - high), (x - wide, y), (x + wide, y), (x + wide, y - high)], fill=INK, width=7)
    pen.ellipse((x - wide, y - high - 18, x + wide, y - high + 18), outline=INK, width=6)


def _brush(pen: Pen, x: float, y: float) -> None:
    """A brush whose tip is at (x, y)."""
    shape(pen, [(x - 10, y - 90), (x + 10, y - 90), (x + 60, y - 520), (x + 38, y - 522)], (*LIGHT, 255))
    shape(pen, [(x - 24, y - 130), (x, y), (x + 30, y - 128), (x + 6, y - 150)], (*INK, 255), smooth=True)


def _vase(pen: Pen, x: float, y: float, painted: int) -> None:
    body = [(x - 60, y - 430), (x - 70, y - 340), (x - 190, y - 220), (x - 150, y - 40), (x - 90, y), (x + 90, y),
            (x + 150, y - 40), (x + 190, y - 220), (x + 70, y - 340), (x + 60, y - 430)]  # fmt: skip
    shape(pen, body, (250, 252, 252), smooth=True)
    washes = ((*PALE, 255), (*LIGHT, 255), (*MIDDLE, 255), (*DEEP, 255))
    for place in range(painted):
        at = x - 110 + place * 74
        pen.ellipse((at - 34, y - 230, at + 34, y - 150), fill=washes[place], outline=INK, width=4)
    stroke(pen, [(x - 170, y - 260), (x, y - 236), (x + 170, y - 260)], 6)
    stroke(pen, [(x - 160, y - 110), (x, y - 84), (x + 160, y - 110)], 6)


def _water_1(pen: Pen) -> None:
    for place in range(4):
        _jar(pen, 220 + place * 280, 780, 96, 250, 0.35 + 0.13 * place)
    _brush(pen, 320, 420)


def _water_2(pen: Pen) -> None:
    for place, wash in enumerate(((*PALE, 255), (*LIGHT, 255), (*MIDDLE, 255), (*DEEP, 255), (*INK, 255))):
        pen.rectangle((140 + place * 130, 300, 256 + place * 130, 560), fill=wash, outline=INK, width=5)
    pen.rectangle((120, 276, 796, 584), outline=INK, width=7)
    _brush(pen, 900, 640)
    _hand(pen, 935, 430)
    arrow(pen, (860, 660), (700, 690), (600, 610))


def _water_3(pen: Pen) -> None:
    _vase(pen, 480, 800, 4)
    _brush(pen, 640, 600)
    _hand(pen, 680, 390)
    arrow(pen, (350, 860), (480, 880), (620, 860))


def _plates(pen: Pen) -> None:
    shape(pen, [(300, 180), (560, 180), (560, 800), (300, 800)], (*LIGHT, 255))
    shape(pen, [(640, 180), (900, 180), (900, 800), (640, 800)], (*LIGHT, 255))


def _weld_1(pen: Pen) -> None:
    _plates(pen)
    pen.line([(560, 180), (580, 180), (580, 800), (560, 800)], fill=INK, width=5)
    arrow(pen, (980, 480), (1060, 480))
    arrow(pen, (220, 480), (140, 480))
    for y in (230, 490, 750):
        pen.rectangle((572, y - 16, 628, y + 16), fill=(*MIDDLE, 255), outline=INK, width=4)


def _bead(pen: Pen, low: float, high: float) -> None:
    y = low
    while y > high:
        pen.ellipse((556, y - 34, 644, y + 22), fill=(*MIDDLE, 255), outline=INK, width=5)
        y -= 28


def _weld_2(pen: Pen) -> None:
    _plates(pen)
    _bead(pen, 780, 470)
    for turn in range(12):
        lean = turn * math.pi / 6
        pen.line([(600, 440), (600 + 90 * math.cos(lean), 440 + 90 * math.sin(lean))], fill=(*DEEP, 230), width=5)
    shape(pen, [(612, 448), (640, 436), (900, 600), (884, 628)], (*PALE, 255))
    _hand(pen, 880, 600)


def _weld_3(pen: Pen) -> None:
    _plates(pen)
    _bead(pen, 780, 200)
    shape(pen, [(950, 300), (1170, 270), (1190, 640), (970, 670)], (250, 252, 252))
    for row in range(6):
        stroke(pen, [(990, 350 + row * 50), (1070, 338 + row * 50), (1150, 330 + row * 50)], 6)


def _joint_1(pen: Pen) -> None:
    shape(pen, [(160, 420), (1120, 420), (1120, 640), (160, 640)], (*PALE, 255))
    for row in range(3):
        stroke(pen, [(180, 470 + row * 56), (600, 456 + row * 56), (1100, 474 + row * 56)], 4, MIDDLE)
    shape(
        pen,
        [(560, 240), (760, 240), (760, 420), (700, 420), (700, 300), (620, 300), (620, 420), (560, 420)],
        (*MIDDLE, 255),
    )
    arrow(pen, (660, 120), (660, 210))


def _joint_2(pen: Pen) -> None:
    shape(pen, [(120, 520), (760, 520), (760, 720), (120, 720)], (*PALE, 255))
    shape(pen, [(300, 520), (480, 520), (480, 620), (300, 620)], (*INK, 255))
    shape(pen, [(366, 120), (414, 120), (414, 430), (390, 520), (366, 430)], (*LIGHT, 255))
    shape(pen, [(352, 90), (428, 90), (428, 130), (352, 130)], (*DEEP, 255))
    _hand(pen, 430, 280)
    arrow(pen, (880, 620), (1020, 560), (1120, 620))


def _joint_3(pen: Pen) -> None:
    shape(
        pen,
        [(120, 420), (660, 420), (660, 500), (560, 500), (560, 580), (660, 580), (660, 660), (120, 660)],
        (*PALE, 255),
    )
    shape(
        pen,
        [(720, 420), (1180, 420), (1180, 660), (720, 660), (720, 576), (620, 576), (620, 504), (720, 504)],
        (*LIGHT, 255),
    )
    arrow(pen, (1040, 330), (880, 300), (760, 330))
    pen.line([(690, 400), (690, 680)], fill=INK, width=4)


def _gauge(pen: Pen, x: float, y: float, lean: float) -> None:
    pen.ellipse((x - 120, y - 120, x + 120, y + 120), fill=(250, 252, 252), outline=INK, width=8)
    for mark in range(20):
        turn = mark * math.pi / 10
        inner = 88 if mark % 5 else 74
        pen.line([(x + inner * math.cos(turn), y + inner * math.sin(turn)),
                  (x + 104 * math.cos(turn), y + 104 * math.sin(turn))], fill=INK, width=4)  # fmt: skip
    pen.line([(x, y), (x + 78 * math.cos(lean), y + 78 * math.sin(lean))], fill=(*DEEP, 255), width=8)
    pen.line([(x, y + 120), (x, y + 260)], fill=INK, width=14)
    shape(pen, [(x - 5, y + 260), (x + 5, y + 260), (x, y + 390)], (*INK, 255))


def _layers(pen: Pen, hole: bool) -> None:
    for row in range(6):
        pen.rectangle(
            (180, 660 + row * 36, 1100, 690 + row * 36), fill=(*(LIGHT if row % 2 else PALE), 255), outline=INK, width=4
        )
    if hole:
        pen.rectangle((600, 660, 680, 812), fill=GROUND, outline=INK, width=5)


def _drill_1(pen: Pen) -> None:
    _gauge(pen, 640, 250, -1.57)
    arrow(pen, (860, 560), (790, 620), (690, 640))
    _layers(pen, hole=False)


def _drill_2(pen: Pen) -> None:
    _layers(pen, hole=True)
    _gauge(pen, 640, 400, 0.4)
    arrow(pen, (420, 420), (420, 560))


def _drill_3(pen: Pen) -> None:
    _layers(pen, hole=True)
    _gauge(pen, 640, 410, 0.9)
    for row in range(4):
        pen.rectangle((890, 200 + row * 84, 1150, 262 + row * 84), fill=(250, 252, 252), outline=INK, width=4)
        stroke(pen, [(910, 236 + row * 84), (1000, 228 + row * 84), (1120, 236 + row * 84)], 6)


def _pot(pen: Pen, x: float, y: float, steam: int) -> None:
    shape(
        pen,
        [(x - 230, y - 190), (x + 230, y - 190), (x + 200, y - 30), (x + 120, y), (x - 120, y), (x - 200, y - 30)],
        (*MIDDLE, 255),
    )
    pen.ellipse((x - 230, y - 236, x + 230, y - 146), fill=(*PALE, 255), outline=INK, width=6)
    for herb in range(14):
        at, row = x - 170 + herb * 26, y - 206 + (herb * 37) % 34
        pen.ellipse((at - 15, row - 7, at + 15, row + 9), fill=(*DEEP, 255))
    for place in range(steam):
        at = x - 120 + place * 110
        stroke(pen, [(at, y - 270), (at + 40, y - 340), (at - 16, y - 420), (at + 26, y - 500)], 9, LIGHT)


def _herbs_1(pen: Pen) -> None:
    for row, (size, wash) in enumerate(((52, LIGHT), (38, MIDDLE), (24, DEEP))):
        for place in range(5 + row):
            at, y = 200 + place * (900 / (4 + row)), 300 + row * 190
            pen.ellipse((at - size, y - size * 0.6, at + size, y + size * 0.6), fill=(*wash, 255), outline=INK, width=5)


def _herbs_2(pen: Pen) -> None:
    _pot(pen, 480, 800, 3)
    shape(
        pen,
        [(960, 300), (1040, 250), (1110, 300), (1120, 420), (1060, 510), (1000, 470), (1030, 390), (970, 380)],
        (238, 242, 246),
        smooth=True,
    )
    for ring in range(3):
        pen.arc(
            (760 - ring * 50, 330 - ring * 50, 900 + ring * 10, 470 + ring * 50), 130, 230, fill=(*MIDDLE, 255), width=8
        )


def _herbs_3(pen: Pen) -> None:
    pen.line([(180, 180), (180, 780), (1120, 780)], fill=INK, width=8)
    stroke(pen, [(190, 740), (380, 560), (520, 360), (700, 300), (900, 420), (1100, 440)], 14, DEEP)
    pen.line([(700, 300), (700, 780)], fill=(*MIDDLE, 255), width=5)
    pen.ellipse((676, 276, 724, 324), fill=GROUND, outline=INK, width=7)


TRICKS: dict[str, tuple[Callable[[Pen], None], ...]] = {
    "water": (_water_1, _water_2, _water_3),
    "weld": (_weld_1, _weld_2, _weld_3),
    "joint": (_joint_1, _joint_2, _joint_3),
    "drill": (_drill_1, _drill_2, _drill_3),
    "herbs": (_herbs_1, _herbs_2, _herbs_3),
}
