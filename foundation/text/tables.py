"""The tables of what can be searched. Columns and what they mean.

`index.py` is the only writer of documents and hidden batches, `frequencies.py` and `rebuilding.py` of the rest. The
tokens stand beside in `text_index`, each engine's own kind of table, which Piccolo does not know: see `entering.py`.
"""

from piccolo.columns import BigInt, Bytea, Integer, Serial, Text, Varchar
from piccolo.table import Table


class Document(Table, tablename="text_document"):
    """One row of a domain as the index has it; (kind, item) is unique. A greater id came later."""

    id: Serial
    kind = Varchar(length=16)
    item = Integer()  # the row's id in its own table
    facets = Text()  # the caller's, and the batch, each between two spaces
    value = BigInt(null=True, default=None)  # what ranges are asked of
    repeat_key = BigInt()  # of the folded text without spaces: equal texts have equal ones
    kept = Bytea()  # folded texts as GB 18030 (two bytes a character): to be taken out exactly, compared and rebuilt


class HiddenBatch(Table, tablename="text_hidden_batch"):
    """Documents with this batch's facet are found by nobody, as long as its name stands here."""

    name = Varchar(length=40, primary_key=True)


class Frequency(Table, tablename="text_frequency"):
    """In how many documents a term stood when they were last counted."""

    term = Integer(primary_key=True)  # foundation.text.tokens.number
    documents = Integer()


class IndexState(Table, tablename="text_state"):
    """What the index knows of itself."""

    name = Varchar(length=16, primary_key=True)
    value = BigInt()
    # version: the tokens.VERSION that documents were cut by
    # counted: documents up to this id are in the frequencies
    # filled: documents up to this id are in the index that a rebuild is making; -1 while none does


TABLES: list[type[Table]] = [Document, HiddenBatch, Frequency, IndexState]
