"""Codes as they are typed from paper, from a telephone, and by Chinese input methods."""

import pytest

from foundation.base.secrets import LENGTH, grouped, new_code, read_code

CODE = "7FNCPGMQDX8RG9K19KTM453DFX"


@pytest.mark.parametrize(
    "typed",
    [
        CODE, CODE.lower(), grouped(CODE), "7fncp-gmqdx-8rg9k-19ktm-453df-x", CODE.replace("1", "l").replace("0", "o"),
        "７ＦＮＣＰ　ＧＭＱＤＸ　８ＲＧ９Ｋ　１９ＫＴＭ　４５３ＤＦ　Ｘ", f"回执编码：{grouped(CODE)}。", f"  {CODE}\n",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "编码", "🙂" * 1000, "7" * 100_000])
def test_what_is_no_code_is_read_as_none_and_no_longer_than_twice_one(typed):
    assert len(read_code(typed)) in (0, 2 * LENGTH)


def test_new_codes_are_read_as_they_were_made():
    for _ in range(50):
        code = new_code()
        assert (len(code), read_code(grouped(code))) == (LENGTH, code)
