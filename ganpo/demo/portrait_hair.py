# ruff: noqa: E501 - a stroke stands whole, a line each
"""What a sitter has on the head: hair, or a helmet. Pure."""

from PIL import ImageDraw

from ganpo.demo.brush import DEEP, LIGHT, MIDDLE, PALE, curve, stroke
from ganpo.demo.portrait_heads import Head


def mans_hair(head: Head, pen: ImageDraw.ImageDraw) -> None:
    """Cut short, with the lines of a comb."""
    x, half, random = head.x, head.half, head.random
    line = head.top + random.randint(64, 96) + (14 if head.old > 0.7 else 0) - 30 * min(1.0, head.old)
    part = random.uniform(-0.6, 0.6) * half
    high = head.top - random.randint(46, 78)
    cap = [
        (x - half - 8, head.eyes - 24), (x - half - 16, head.eyes - 110), (x - half * 0.78, high + 44),
        (x - half * 0.1, high), (x + half * 0.72, high + 34), (x + half + 16, head.eyes - 116),
        (x + half + 8, head.eyes - 24), (x + half * 0.90, head.eyes - 66), (x + half * 0.80, line + 44),
        (x + part + 60, line - 6), (x + part, line + 14), (x + part - 70, line + 2), (x - half * 0.80, line + 46),
        (x - half * 0.90, head.eyes - 66),
    ]  # fmt: skip
    pen.polygon(curve(cap, closed=True), fill=head.hair)
    for lock in range(9):
        at = x - half * 0.8 + lock * half * 0.2
        stroke(
            pen,
            [(at, line - 4), (at + (at - x) * 0.06 + 14, (line + high) / 2), (at + 34, high + 36)],
            4,
            (*LIGHT, 120),
        )


def womans_hair(head: Head, pen: ImageDraw.ImageDraw) -> None:
    """Parted, falling over the ears."""
    x, half = head.x, head.half
    high, part = head.top - head.random.randint(44, 66), head.random.choice((-0.34, 0.0, 0.3)) * half
    for side in (-1, 1):
        fall = [
            (x + part, high + 6), (x + side * half * 0.74, high + 30), (x + side * (half + 22), head.eyes - 60),
            (x + side * (half + 16), head.eyes + 40), (x + side * half * 0.97, head.eyes + 6),
            (x + side * half * 0.86, head.eyes - 84), (x + side * half * 0.4 + part * 0.6, head.top + 44),
            (x + part, head.top + 18),
        ]  # fmt: skip
        pen.polygon(curve(fall, closed=True), fill=head.hair)
        for lock in range(4):
            reach = side * half * (0.35 + 0.17 * lock)
            stroke(pen, [(x + part, high + 24), (x + reach, head.top + 12 + lock * 12),
                         (x + side * half * (0.84 + 0.05 * lock), head.eyes - 76 + lock * 8)], 4, (*LIGHT, 120))  # fmt: skip


def long_hair_behind(head: Head, pen: ImageDraw.ImageDraw) -> None:
    """What is seen of it behind the head: a bun, or long hair."""
    x, half = head.x, head.half
    kind = head.random.randrange(3)
    if kind == 0:  # a bun
        pen.ellipse((x - 84, head.top - 148, x + 84, head.top + 10), fill=head.hair)
        stroke(pen, [(x - 130, head.top - 60), (x + 10, head.top - 82), (x + 140, head.top - 118)], 12, MIDDLE)
    low = head.chin + (130 if kind == 2 else 6)
    if kind:
        fall = [(x - half - 6, head.top + 40), (x - half - 46, head.eyes + 60), (x - half - 30, low),
                (x - half * 0.4, low + 12), (x + half * 0.4, low + 12), (x + half + 30, low),
                (x + half + 46, head.eyes + 60), (x + half + 6, head.top + 40)]  # fmt: skip
        pen.polygon(curve(fall, closed=True), fill=head.hair)


def helmet(head: Head, pen: ImageDraw.ImageDraw) -> None:
    """A safety helmet with its strap."""
    x, half, brim = head.x, head.half + 26, head.top + 96
    for side in (-1, 1):  # the hair that shows below the rim
        edge = [(x + side * head.half * 0.84, brim), (x + side * (head.half + 8), brim),
                (x + side * (head.half + 4), head.eyes - 18), (x + side * head.half * 0.93, head.eyes - 26)]  # fmt: skip
        pen.polygon(edge, fill=head.hair)
    dome = [(x - half, brim), (x - half * 0.94, head.top - 24), (x - half * 0.5, head.top - 112), (x, head.top - 134),
            (x + half * 0.5, head.top - 112), (x + half * 0.94, head.top - 24), (x + half, brim)]  # fmt: skip
    pen.polygon(curve(dome), fill=PALE)
    pen.polygon(curve([(x + 30, head.top - 128), (x + half * 0.6, head.top - 92), (x + half * 0.96, head.top - 10),
                       (x + half, brim), (x + 70, brim)], closed=True), fill=(*LIGHT, 220))  # fmt: skip
    pen.polygon(curve([(x - half - 24, brim + 8), (x - half * 0.5, brim - 16), (x, brim - 22), (x + half * 0.5, brim - 16),
                       (x + half + 24, brim + 8), (x, brim + 26)], closed=True), fill=MIDDLE)  # fmt: skip
    for rib in (-46, 0, 46):
        stroke(pen, [(x + rib * 0.6, head.top - 128), (x + rib, head.top - 40), (x + rib * 1.1, brim - 22)], 6, DEEP)
    stroke(pen, dome, 8)
    for side in (-1, 1):
        stroke(pen, [(x + side * (head.half + 4), brim + 20), (x + side * head.half * 0.96, head.eyes + 120),
                     (x + side * 40, head.chin + 16)], 8, DEEP)  # fmt: skip
