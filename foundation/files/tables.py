"""Files that people uploaded, pictures made of them, and what they are used for. Columns and their meaning only."""

from piccolo.columns import BigInt, Boolean, ForeignKey, Integer, Serial, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class StoredContent(Table, tablename="stored_content"):
    """One content in the media folder, stored once. Its row is what writers and the sweep lock before they touch it."""

    sha256 = Varchar(length=64, primary_key=True)  # hex; also its name in the folder
    size = BigInt()  # bytes


class StoredFile(Table, tablename="stored_file"):
    """One upload; the content lies in the media folder under its digest. Never changed; without a use it is swept."""

    id: Serial
    sha256 = Varchar(length=64)  # of the content, hex; the same content may have been uploaded more than once
    name = Varchar(length=120)  # what it is called when it is downloaded: cleaned, with an ending that fits
    media_type = Varchar(length=100)  # told by the content
    size = Integer()  # bytes
    uploaded_by = Integer()  # account; 0: somebody without one
    uploaded_at = Timestamptz()
    uploader = Varchar(length=120, null=True, default=None)  # who it was without an account: worker:12


class FileUse(Table, tablename="file_use"):
    """One thing that needs one file; as long as there is one, the file stays."""

    id: Serial
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)
    about = Varchar(length=80)  # what it hangs on: "nomination:12"
    role = Varchar(length=40)  # as what: "approval_form", "portrait"


class Picture(Table, tablename="picture"):
    """A picture; `file` is its clean original (upright, sRGB, no metadata): what was uploaded is not kept."""

    id: Serial
    file = ForeignKey(references=StoredFile, on_delete=OnDelete.restrict, null=False)
    width = Integer()  # pixels of the clean original
    height = Integer()
    alt = Varchar(length=200)  # what it shows, in words; nothing is published without
    focus_x = SmallInt()  # what every crop keeps in view, per mille from the left
    focus_y = SmallInt()  # and from the top
    code = Varchar(length=26)  # 128 random bits: its public address; a new one when it is published again
    published = Boolean(default=False)  # whether the address answers
    published_for = Varchar(length=80)  # what shows it: "honour:31", or empty
    revoked_at = Timestamptz(null=True, default=None)  # since when the address is dead


class Rendition(Table, tablename="rendition"):
    """A picture in one shape, width and format."""

    id: Serial
    picture = ForeignKey(references=Picture, on_delete=OnDelete.restrict, null=False)
    shape = Varchar(length=16)  # full, portrait (3:4), square
    width = Integer()  # pixels
    height = Integer()
    format = Varchar(length=8)  # avif, webp
    sha256 = Varchar(length=64)  # of the content
    size = Integer()  # bytes


TABLES: list[type[Table]] = [StoredContent, StoredFile, FileUse, Picture, Rendition]
