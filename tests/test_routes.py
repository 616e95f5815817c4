"""Every route x every role, against the table in tests/access.csv: who meets what, as a whole and in one place.

The running application is asked, on a contest, a unit and an account that exist and with made-up parameters where
the story has nothing, all forms empty. Each answer is one of:

    open      a page or an act: they got in
    refused   their form was read and told what is wrong: they got in too
    nothing   404: for them there is nothing here
    door      sign in first

A route that is new, or that lets in somebody else than before, is a line that differs. Look at it, then write the table
anew with `python -m tests.routes --write`, and let a reviewer see the difference.
"""

import pytest

from competitions.routes import score
from foundation.process.wrong_codes import WrongCodes
from foundation.web.process import objection_pages
from tests.routes import TABLE, differences, read_table, table_of_the_application


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.timeout(300)
async def test_who_meets_what_is_as_the_table_says(database, monkeypatch):
    for pages in (score, objection_pages):  # wrong codes of earlier tests in this process are no codes of this one
        monkeypatch.setattr(pages, "wrong_codes", WrongCodes("code_paused"))
    lines = differences(read_table(TABLE.read_text(encoding="utf-8")), await table_of_the_application())
    assert lines == [], "\n".join(["tests/access.csv differs; see tests/test_routes.py", *lines])


def test_no_route_answers_anybody_with_an_error():
    answers = read_table(TABLE.read_text(encoding="utf-8"))
    allowed = {"open", "refused", "nothing", "door"}
    assert [key for key, row in answers.items() if not set(row) <= allowed] == []


def test_a_route_that_is_new_gone_or_open_to_others_is_seen():
    was = {("GET", "/desk"): ("door", "open"), ("GET", "/gone"): ("door", "open"), ("POST", "/x"): ("door", "nothing")}
    now = {("GET", "/desk"): ("door", "open"), ("GET", "/new"): ("door", "open"), ("POST", "/x"): ("door", "refused")}
    assert differences(was, now) == [
        "- GET /gone",
        "+ GET /new: door, open",
        "  POST /x: was door, nothing; is door, refused",
    ]
