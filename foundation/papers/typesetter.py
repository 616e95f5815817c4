"""Sets one layout in a process of its own, which can be ended when it takes too long. Started by `pdf.py` alone.

Reads one JSON object from standard input: {"folder", "layout", "fonts", "standard", "at"}; writes the PDF to
standard output, or what is wrong to standard error, with exit code 1. Imports nothing of ours.
"""

import json
import sys

import typst


def main() -> int:
    """Set `layout` in `folder` with the fonts of these folders only."""
    asked = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"])
    try:
        made = typst.compile(
            asked["layout"],
            root=asked["folder"],
            font_paths=fonts,
            format="pdf",
            pdf_standards=asked["standard"],
            timestamp=asked["at"],
            # No package is ever looked for, neither here nor elsewhere.
            package_path=asked["folder"],
            package_cache_path=asked["folder"],
        )
    except typst.TypstError as error:
        sys.stderr.write(error.message)
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
