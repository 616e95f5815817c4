"""What stands in the footer and on the privacy page. Columns and their meaning only."""

from piccolo.columns import ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.tables import Account


class Site(Table, tablename="site"):
    """What this registry says of itself; one row, with id 1. A text that is empty is not shown."""

    id = Integer(primary_key=True)
    host = Varchar(length=100)  # 主办单位: who runs the site
    host_english = Varchar(length=200)
    contact = Varchar(length=200)  # how to reach them: an office's telephone, an address
    contact_english = Varchar(length=200)
    filing = Varchar(length=60)  # ICP 备案号
    police_filing = Varchar(length=60)  # 公安备案号
    privacy = Text()  # the page 隐私说明; paragraphs parted by empty lines
    privacy_english = Text()
    revision = Integer()  # one higher with each change: who changes says which they saw
    changed_at = Timestamptz(null=True, default=None)
    changed_by = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=True)


TABLES: list[type[Table]] = [Site]
