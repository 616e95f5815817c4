"""The one way in which texts are cut into tokens, for what is stored and for what is asked alike.

Pure. A text is folded first (NFKC, no capitals, whatever is neither letter nor digit becomes one space) and then cut:
runs of Chinese, Japanese and Korean characters into pairs (分水岭: 分水, 水岭, and the last one alone, 岭), other
letters into words, digits into numbers. Pairs need no dictionary, so every piece of a text finds it, names and rare
characters included. The last character of a run stands alone too: one character is found as the beginning of a token.

Change nothing here without a new VERSION: what is indexed was cut by an earlier one, and is cut anew by a rebuild.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

VERSION = 1
LONGEST = 20_000  # characters of one text that are looked at
LONGEST_WORD = 40  # characters of one word or number; the rest of it is not looked at

# Ideographs with their marks and numerals, kana, bopomofo and hangul; private use, where old systems keep rare
# characters of names; and both ideographic planes whole, whatever Unicode has assigned of them by now.
PAIRED = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3040-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\ue000-\uf8ff\uf900-\ufaff"
    "\U000f0000-\U0010fffd\U00020000-\U0003fffd"
)
_RUN = re.compile(rf"[{PAIRED}]+|\d+|[^\W\d_{PAIRED}]+")
_PAIRED = re.compile(rf"[{PAIRED}]")
_SEPARATE = re.compile(r"[\x00\ud800-\udfff]+")


def folded(text: str) -> str:
    """The form that is kept, cut and compared: runs of one sort of characters, one space between two of them.

    `ＰＬＣ控制（2号）` is `plc 控制 2 号`: how wide a character is, capitals and punctuation never matter.
    """
    plain = unicodedata.normalize("NFKC", _SEPARATE.sub(" ", text[:LONGEST]))
    plain = unicodedata.normalize("NFKC", plain.casefold())
    return " ".join(run if is_paired(run) else run[:LONGEST_WORD] for run in _RUN.findall(plain[:LONGEST]))


def is_paired(run: str) -> bool:
    """Whether this is a run that is cut into pairs, not a word or a number."""
    return _PAIRED.match(run) is not None


def tokens(kept: str) -> Iterator[str]:
    """Every token of a folded text, repeated as often as it stands there."""
    for run in kept.split():
        if is_paired(run):
            yield from pairs(run)
            yield run[-1]
        else:
            yield run


def pairs(run: str) -> Iterator[str]:
    """Each two neighbours of a run."""
    return map("".join, pairwise(run))


def terms(kept: str) -> dict[str, None]:
    """What two folded texts are compared by, each once and in order: pairs, words and numbers; of a run of one, it."""
    found: dict[str, None] = {}
    for run in kept.split():
        if len(run) > 1 and is_paired(run):
            found.update(dict.fromkeys(pairs(run)))
        else:
            found[run] = None
    return found


def holds(kept: str, phrase: str) -> bool:
    """Whether a folded text has this folded phrase in one piece; words and numbers only whole."""
    start = kept.find(phrase)
    while start >= 0:
        if _may_break(kept, start) and _may_break(kept, start + len(phrase)):
            return True
        start = kept.find(phrase, start + 1)
    return False


def _may_break(kept: str, place: int) -> bool:
    """Whether a phrase may begin or end here: at the edge of a run, or within one that is cut into pairs."""
    if not 0 < place < len(kept):
        return True
    return kept[place] == " " or kept[place - 1] == " " or is_paired(kept[place])


def number(term: str) -> int:
    """A term as a number of 31 bits, for tables that count terms; two rare ones may share one."""
    return crc32(term.encode("utf-8", "surrogatepass")) & 0x7FFFFFFF
