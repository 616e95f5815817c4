"""Files that people uploaded: what is known of each. Columns and their meaning only."""

from piccolo.columns import Integer, Serial, Timestamptz, Varchar
from piccolo.table import Table


class StoredFile(Table, tablename="stored_file"):
    """One upload; the content lies in the media folder under its digest. Never changed."""

    id: Serial
    sha256 = Varchar(length=64)  # of the content, hex; the same content may have been uploaded more than once
    name = Varchar(length=120)  # what it is called when it is downloaded: cleaned, with an ending that fits
    media_type = Varchar(length=100)  # told by the content
    size = Integer()  # bytes
    uploaded_by = Integer()  # account
    uploaded_at = Timestamptz()


TABLES: list[type[Table]] = [StoredFile]
