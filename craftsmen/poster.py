"""The poster of a craftsman (海报), for saving to a phone: portrait, name, why honoured, and a QR code to the page.

Pure drawing with Pillow and the packaged fonts: a public view and bytes in, a PNG out. It shows nothing that the page
does not. Takes about a third of a second, so it is called off the event loop.
"""

import io

import segno
from PIL import Image, ImageDraw, ImageFont

from craftsmen.rules.showing import PublicView
from foundation.papers.fonts import SANS_FACE, SANS_FILE, SERIF_FILE

WIDTH, HEIGHT = 1080, 1620
MARGIN = 84
COBALT, INK, SOFT, GROUND, CELADON, SEAL = "#12306f", "#14213d", "#465672", "#f6faf9", "#e6f0ed", "#b3301c"
PORTRAIT = (600, 800)


def poster(view: PublicView, portrait: bytes | None, address: str, footer: str) -> bytes:
    """The poster as PNG. `portrait` is an upright picture, `address` what the QR code says, "" for none."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(sheet)
    _frame(draw)
    top = MARGIN + 40
    _portrait(sheet, draw, view, portrait, top)
    beside = MARGIN + 40 + PORTRAIT[0] + 48
    _name_down(draw, view.name, beside, top)
    _seal(draw, beside, top + PORTRAIT[1] - 150)
    y = top + PORTRAIT[1] + 56
    title = view.title
    y = _lines(draw, title.title, y, 54, COBALT, serif=True, most=1)
    y = _lines(draw, " · ".join(part for part in (view.trade, view.unit) if part), y + 14, 34, SOFT, most=2)
    _lines(draw, view.headline, y + 26, 38, INK, serif=True, most=4, right=WIDTH - MARGIN - 330)
    if address:
        _code(sheet, address)
    draw.text((MARGIN + 40, HEIGHT - MARGIN - 66), footer, font=_font(26), fill=SOFT)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _font(size: int, *, serif: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(SERIF_FILE), size) if serif else ImageFont.truetype(str(SANS_FILE), size, SANS_FACE)


def _frame(draw: ImageDraw.ImageDraw) -> None:
    """The double line of a porcelain rim."""
    draw.rectangle((40, 40, WIDTH - 40, HEIGHT - 40), outline=COBALT, width=5)
    draw.rectangle((54, 54, WIDTH - 54, HEIGHT - 54), outline=COBALT, width=2)


def _portrait(
    sheet: Image.Image, draw: ImageDraw.ImageDraw, view: PublicView, portrait: bytes | None, top: int
) -> None:
    left = MARGIN + 40
    box = (left - 8, top - 8, left + PORTRAIT[0] + 7, top + PORTRAIT[1] + 7)
    draw.rectangle(box, fill="#ffffff", outline="#6f8fca", width=2)
    if portrait is None:
        draw.rectangle((left, top, left + PORTRAIT[0], top + PORTRAIT[1]), fill=CELADON)
        middle = (left + PORTRAIT[0] // 2, top + PORTRAIT[1] // 2)
        draw.text(middle, view.name[-1:], font=_fitting(view.name[-1:], 240), fill=COBALT, anchor="mm")
        return
    with Image.open(io.BytesIO(portrait)) as opened:
        sheet.paste(opened.convert("RGB").resize(PORTRAIT, Image.Resampling.LANCZOS), (left, top))


def _name_down(draw: ImageDraw.ImageDraw, name: str, left: int, top: int) -> None:
    """The name as it is written on a scroll: from top to bottom; a longer one smaller."""
    letters = [letter for letter in name if not letter.isspace()]
    if not all(ord(letter) > 0x2E7F for letter in letters):
        letters = [name]
    size = min(150, (PORTRAIT[1] - 200) // max(len(letters), 1) - 8) if len(letters) > 1 else 60
    for place, letter in enumerate(letters):
        draw.text((left, top + place * (size + 12)), letter, font=_fitting(letter, size), fill=COBALT)


def _fitting(text: str, size: int) -> ImageFont.FreeTypeFont:
    """The serif, or the sans where the serif lacks one of these characters (𠮷)."""
    serif = _font(size, serif=True)
    blank = serif.getmask("\U0010ffff").getbbox()
    drawn = all(serif.getmask(letter).getbbox() != blank or letter.isspace() for letter in text)
    return serif if drawn else _font(size)


def _seal(draw: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """Our square name seal: two characters, no star and no emblem."""
    draw.rectangle((left, top, left + 118, top + 118), outline=SEAL, width=6)
    for place, letter in enumerate("赣鄱"):
        draw.text((left + 59, top + 33 + place * 52), letter, font=_font(46, serif=True), fill=SEAL, anchor="mm")


def _lines(
    draw: ImageDraw.ImageDraw,
    text: str,
    y: int,
    size: int,
    colour: str,
    *,
    serif: bool = False,
    most: int,
    right: int = WIDTH - MARGIN - 40,
) -> int:
    """A paragraph from `y` on, at most so many lines; answers where it ends."""
    left = MARGIN + 40
    font = _fitting(text, size) if serif else _font(size)
    rows: list[str] = []
    row = ""
    for letter in text:
        if draw.textlength(row + letter, font=font) > right - left:
            rows.append(row)
            row = ""
        row += letter
    rows.append(row)
    if len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1][:-1] + "…"]
    for each in rows:
        draw.text((left, y), each, font=font, fill=colour)
        y += round(size * 1.5)
    return y


def _code(sheet: Image.Image, address: str) -> None:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=8, border=3, dark=COBALT, light="#ffffff")
    drawn.seek(0)
    with Image.open(drawn) as code:
        made = code.convert("RGB").resize((248, 248), Image.Resampling.NEAREST)
    sheet.paste(made, (WIDTH - MARGIN - 40 - 248, HEIGHT - MARGIN - 40 - 248))
