"""How large uploads may be, by what they are for. Constants alone: a form says which it takes."""

from collections.abc import Collection
from dataclasses import dataclass

from foundation.files.kinds import DOCUMENTS, ODS, PICTURES, TEXT, XLS, XLSX, ZIP, Kind

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Purpose:
    """What one kind of form takes. `most` is bytes of one file, `files` how many in one form."""

    name: str
    most: int
    kinds: Collection[Kind]
    files: int = 1

    @property
    def accept(self) -> str:
        """For the browser's own choosing; what a file is, its content says."""
        return ",".join(sorted(ending for kind in self.kinds for ending in kind.endings))


PICTURE = Purpose("picture", 20 * MB, PICTURES)
PAPER = Purpose("paper", 20 * MB, DOCUMENTS | PICTURES)  # a scan, a photograph of a page, a document
PHOTOGRAPHS = Purpose("photographs", 20 * MB, PICTURES, files=20)  # of paper, to become one PDF
DOCUMENT = Purpose("document", 20 * MB, DOCUMENTS)
PORTRAITS = Purpose("portraits", 40 * MB, frozenset({ZIP}))  # for importers
SHEET = Purpose("sheet", 20 * MB, frozenset({XLSX, XLS, ODS, TEXT}))  # see foundation.papers.sheet_formats
