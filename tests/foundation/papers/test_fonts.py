"""What the packaged fonts can print."""

from foundation.papers.fonts import missing_characters


def gb2312() -> str:
    """Every character of GB 2312."""
    pairs = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


def test_every_character_of_gb_2312_and_the_rare_ones_of_names_can_be_printed():
    assert len(gb2312()) > 7000
    assert missing_characters(gb2312() + "龚䶮 饶㛃 程𠮷 □ 〔2026〕 ①—…·　") == []


def test_what_no_font_has_is_named_once_in_its_order():
    assert missing_characters("张\ue001三\ue000\ue001") == ["\ue001", "\ue000"]


def test_what_is_never_drawn_is_never_missing():
    assert missing_characters("葛\U000e0100\u200d\ufe00\n") == []
