"""Names of people: kept as they are written, sorted by sound or by strokes, found by their letters.

Pure text; knows no table. Keys are ASCII, so that both engines sort them alike byte by byte. In a sound key the
sounds decide, then the tones, then strokes; in a stroke key the strokes of each character, then its place in
Unicode. Characters whose strokes or sound are not known sort after all others, among themselves by code point.
"""

import re
import unicodedata
from functools import cache

from pypinyin import Style, load_single_dict, pinyin

from foundation.base.letters import composed
from foundation.text.strokes import strokes_of

LONGEST_NAME = 64
LONGEST_KEY = 255

# How these characters are read as surnames, where that differs from their most frequent reading.
SURNAMES = {
    "曾": "zeng1", "单": "shan4", "單": "shan4", "解": "xie4", "区": "ou1", "區": "ou1", "查": "zha1", "仇": "qiu2",
    "朴": "piao2", "乐": "yue4", "樂": "yue4", "盖": "ge3", "任": "ren2", "翟": "zhai2", "员": "yun4", "缪": "miao4",
    "覃": "qin2", "折": "she2", "种": "chong2", "召": "shao4", "冼": "xian3", "洗": "xian3", "褚": "chu3",
    "祭": "zhai4", "黑": "he4", "秘": "bi4", "纪": "ji3", "华": "hua4", "燕": "yan1", "葛": "ge3", "应": "ying1",
    "於": "yu1", "柏": "bai3", "晟": "cheng2", "能": "nai4", "那": "na1", "哈": "ha3", "郇": "xun2", "瞿": "qu2",
    "占": "zhan1", "过": "guo1", "冯": "feng2", "万": "wan4", "訾": "zi1", "呙": "guo1", "郗": "xi1", "危": "wei1",
}  # fmt: skip
DOUBLE_SURNAMES = {
    "万俟": ("mo4", "qi2"), "尉迟": ("yu4", "chi2"), "单于": ("chan2", "yu2"), "长孙": ("zhang3", "sun1"),
    "澹台": ("tan2", "tai2"), "令狐": ("ling2", "hu2"), "鲜于": ("xian1", "yu2"), "宰父": ("zai3", "fu3"),
}  # fmt: skip

# Characters of names that the dictionary does not read.
load_single_dict({0x20BB7: "jí"})  # 𠮷, as 吉

_SYLLABLE = re.compile(r"([a-zü]+)([0-5])")
_SPACES = re.compile(r"\s+")
_DOTS = dict.fromkeys(map(ord, "·•‧∙・．"), "·")
_UNKNOWN = "zzzz0"  # after every sound there is


def kept(text: str) -> str:
    """A name as it is stored: NFC, one space between words, one kind of dot; every character stays what it is.

    Normalising would turn a compatibility ideograph (U+FA19, 神) into another character than the one on the card.
    """
    return _SPACES.sub(" ", composed(text)).strip().translate(_DOTS)


def same(one: str, other: str) -> bool:
    """Whether two writings may be one name: case, width, spaces and dots aside."""
    return compared(one) == compared(other)


def compared(name: str) -> str:
    """The form in which names are compared, never shown or stored in place of the name: without spaces and dots."""
    return unicodedata.normalize("NFKC", kept(name)).casefold().replace(" ", "").replace("·", "")


@cache
def _read(character: str) -> str:
    found = pinyin(character, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True, errors="ignore")
    return found[0][0] if found else ""


def _sounds(name: str) -> list[tuple[str, str]]:
    """Each character of the name that is more than a space or dot, with its sound and tone ("" where unknown)."""
    letters = [letter for letter in kept(name)[:LONGEST_NAME] if letter not in " ·"]
    double = DOUBLE_SURNAMES.get("".join(letters[:2]), ())
    sounds = []
    for place, letter in enumerate(letters):
        if place < len(double):
            sounds.append((letter, double[place]))
        elif place == 0 and letter in SURNAMES:
            sounds.append((letter, SURNAMES[letter]))
        else:
            sounds.append((letter, _read(letter)))
    return sounds


def pinyin_key(name: str) -> str:
    """What names are sorted by where they are sorted by sound (按音序): surnames first, as surnames are read."""
    return "".join(_sound_part(letter, sound) for letter, sound in _sounds(name))[:LONGEST_KEY]


def _sound_part(letter: str, sound: str) -> str:
    if letter.isascii():
        return letter.lower() + "0"
    read = _SYLLABLE.fullmatch(sound)
    if read is None:
        return _UNKNOWN + _stroke_part(letter)
    # As dictionaries have it, ü comes right behind u: lu, lü, luan, lüe, luo.
    tone = min(int(read[2]) + 5, 9) if "ü" in read[1] else int(read[2])
    return f"{read[1].replace('ü', 'u')}{tone}{_stroke_part(letter)}"


def stroke_key(name: str) -> str:
    """What names are sorted by where they are sorted by strokes (按姓氏笔画)."""
    return "".join(_stroke_part(letter) for letter, _ in _sounds(name))[:LONGEST_KEY]


def _stroke_part(letter: str) -> str:
    """Two digits of strokes (99: not known), then the code point in six hex digits."""
    return f"{strokes_of(letter) or 99:02}{ord(letter):06x}"


def letters_of(name: str) -> str:
    """The whole name in letters: 冯砚秋 is "fengyanqiu"; ü as v, the way it is typed."""
    return "".join(_spelled(letter, sound) for letter, sound in _sounds(name))[:LONGEST_KEY]


def initials_of(name: str) -> str:
    """The first letters: 冯砚秋 is "fyq"."""
    return "".join(_spelled(letter, sound)[:1] for letter, sound in _sounds(name))[:LONGEST_NAME]


def _spelled(letter: str, sound: str) -> str:
    if letter.isascii():
        return letter.lower() if letter.isalnum() else ""
    read = _SYLLABLE.fullmatch(sound)
    return read[1].replace("ü", "v") if read else ""
