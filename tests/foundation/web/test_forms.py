"""Forms: text as both databases can hold it, read quickly whatever is sent."""

import time

import pytest

from foundation.base.letters import cleaned
from tests.web import HERE, visitors


@pytest.mark.parametrize(
    "typed,kept",
    [
        ("饶㛃 𠮷 ½", "饶㛃 𠮷 ½"),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("a\x00b\x1fc\x7fd\x9fe", "abcde"),
        ("x\ud83dy", "xy"),
        ("e\u0301", "é"),
        ("a" + "\u0316" * 40, "a" + "\u0316" * 30),
    ],
)
def test_text_is_kept_as_typed_but_for_what_no_page_can_hold(typed, kept):
    assert cleaned(typed) == kept


def test_long_runs_of_combining_marks_cost_no_more_than_other_text():
    run = "a" + "\u0300" * 100_000 + "\u0316" * 100_000
    started = time.process_time()
    assert len(cleaned(run)) <= 31
    assert time.process_time() - started < 2  # by the square it would be a minute


async def test_too_many_fields_are_refused(database):
    async with visitors() as web:
        page = await web.visitor().client.post(
            "/sign-in",
            content=b"a=1&" * 20_001,
            headers={"origin": HERE, "content-type": "application/x-www-form-urlencoded"},
        )
        assert page.status_code == 413


async def test_a_part_in_an_unknown_encoding_is_answered(database):
    head = b'content-disposition: form-data; name="a"\r\ncontent-type: text/plain; charset=foo'
    body = b"--x\r\n" + head + b"\r\n\r\n1\r\n--x--\r\n"
    async with visitors() as web:
        page = await web.visitor().client.post(
            "/sign-in", content=body, headers={"origin": HERE, "content-type": "multipart/form-data; boundary=x"}
        )
        assert page.status_code in (400, 422)


def test_a_name_s_own_character_is_not_turned_into_its_double():
    assert cleaned("\ufa19\u5f20e\u0301") == "\ufa19\u5f20\u00e9"
