"""QR codes as drawings inside a page. Knows nothing of what they say.

Inline, because the content security policy takes images from our own addresses only, and what a code holds belongs
into no address. Always dark on light with its quiet zone, whatever the theme: scanners want it so.
"""

import io

import segno
from markupsafe import Markup, escape

_MODULE = 4  # px a square
_QUIET_ZONE = 4  # squares, as the standard asks


def qr_svg(text: str, label: str) -> Markup:
    """The QR code of `text` as an <svg> element; `label` is what a screen reader says."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", scale=_MODULE, border=_QUIET_ZONE, dark="#000", light="#fff",
        xmldecl=False, svgns=False, svgclass=None, lineclass=None, nl=False,
    )  # fmt: skip
    svg = drawn.getvalue().decode()
    return Markup(svg.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1))  # noqa: S704 - our own drawing
