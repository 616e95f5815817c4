"""What a PDF says to whoever reads it: its text page by page, as a viewer copies it, and its size in millimetres."""

import pypdfium2


def texts(content: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def joined(content: bytes) -> str:
    """All text without white space: where a line is broken is the layout's own."""
    return "".join("".join(texts(content)).split())


def sizes(content: bytes) -> list[tuple[int, int]]:
    """Width and height of each page."""
    with pypdfium2.PdfDocument(content) as document:
        return [(round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4)) for page in document]
