"""What a sitter wears: jacket, work coat or apron, over shoulders in half shade. Pure."""

from PIL import ImageDraw

from ganpo.demo.brush import DEEP, GROUND, INK, LIGHT, MIDDLE, PALE, SHADE, SKIN, curve, stroke
from ganpo.demo.portrait_heads import Head


def draw_body(head: Head, pen: ImageDraw.ImageDraw) -> None:
    """Neck and shoulders, in a collar or an apron."""
    random, x = head.random, head.x
    wide = random.randint(300, 330) if head.sitter.woman else random.randint(335, 372)
    high = head.chin + random.randint(96, 122)
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
    neck = 78 if head.sitter.woman else 96
    pen.polygon(
        curve([(x - neck, head.chin - 120), (x - neck + 4, high - 20), (x - 8, high + 92), (x + neck - 4, high - 20),
               (x + neck, head.chin - 120)]), fill=SKIN,
    )  # fmt: skip
    pen.polygon(
        curve([(x - 40, head.chin - 30), (x + 10, head.chin + 34), (x + neck - 26, high + 6), (x + neck, high - 26),
               (x + neck, head.chin - 120)], closed=True), fill=SHADE,
    )  # fmt: skip
    random.choice((_stand_collar, _work_collar, _apron))(head, pen, high, cloth)
    stroke(pen, shoulders[:5], 8)
    stroke(pen, shoulders[5:], 8)


def _stand_collar(head: Head, pen: ImageDraw.ImageDraw, high: float, cloth: tuple[int, ...]) -> None:
    x = head.x
    for side in (-1, 1):
        band = [(x + side * 102, high - 62), (x + side * 96, high + 8), (x + side * 6, high + 104),
                (x + side * 2, high + 58), (x + side * 70, high - 22)]  # fmt: skip
        pen.polygon(band, fill=cloth)
        stroke(pen, [(x + side * 102, high - 62), (x + side * 72, high - 10), (x + side * 4, high + 62)], 7)
    stroke(pen, [(x, high + 100), (x + 3, high + 200), (x, 1290)], 7)
    for button in range(3):
        pen.ellipse((x + 14, high + 150 + button * 92, x + 32, high + 168 + button * 92), fill=PALE)


def _work_collar(head: Head, pen: ImageDraw.ImageDraw, high: float, cloth: tuple[int, ...]) -> None:
    x = head.x
    pen.polygon([(x - 80, high - 20), (x, high + 150), (x + 80, high - 20), (x, high + 96)], fill=GROUND)
    for side in (-1, 1):
        lapel = [(x + side * 104, high - 66), (x + side * 152, high + 62), (x + side * 80, high + 130),
                 (x + side * 4, high + 152), (x + side * 84, high - 8)]  # fmt: skip
        pen.polygon(lapel, fill=LIGHT if cloth != MIDDLE else PALE)
        pen.line([*lapel, lapel[0]], fill=INK, width=5, joint="curve")
    stroke(pen, [(x, high + 150), (x + 2, high + 260), (x, 1290)], 7)
    pen.rounded_rectangle((x + 132, high + 228, x + 244, high + 340), 10, outline=(*INK, 220), width=5)
    pen.line((x + 132, high + 258, x + 244, high + 258), fill=(*INK, 220), width=4)


def _apron(head: Head, pen: ImageDraw.ImageDraw, high: float, cloth: tuple[int, ...]) -> None:
    x = head.x
    stroke(pen, [(x - 96, high - 34), (x - 40, high + 58), (x, high + 84), (x + 40, high + 58), (x + 96, high - 34)], 8)
    bib = [(x - 176, high + 190), (x + 176, high + 190), (x + 214, 1300), (x - 214, 1300)]
    pen.polygon(bib, fill=PALE)
    pen.polygon([(x + 70, high + 190), (x + 176, high + 190), (x + 214, 1300), (x + 120, 1300)], fill=LIGHT)
    pen.line([*bib[:2]], fill=INK, width=6)
    for side in (-1, 1):
        stroke(pen, [(x + side * 172, high + 190), (x + side * 186, high + 60), (x + side * 140, high - 2)], 16, DEEP)
