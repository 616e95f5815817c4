"""The page that says who may do what: for everyone who signed in, from the predicates themselves, in both languages."""

from html import unescape

from foundation.people.permissions import all_permissions
from tests.web import visitors


async def test_every_permission_stands_there_in_both_languages_and_one_s_own_are_marked(database):
    async with visitors() as web:
        root, nobody = await web.signed_in("guanli", roles=["officer"]), await web.signed_in("caipan")
        chinese, english = await root.get("/permissions"), await root.get("/en/permissions")
        assert (chinese.status_code, english.status_code) == (200, 200)
        in_english, in_chinese = unescape(english.text), unescape(chinese.text)
        for area in all_permissions():
            assert area.title in in_english
            for permission in area.permissions:
                said = [permission.what, *(part for way in permission.held_by.said for part in way)]
                assert [part for part in said if part not in in_english] == [], permission.code
                assert [part for part in said if part in in_chinese] == [], permission.code
        own = await nobody.get("/en/permissions")
        assert own.status_code == 200
        assert own.text.count("Marked:") == 0
        assert english.text.count("Marked:") == 1


async def test_a_visitor_meets_the_door(database):
    async with visitors() as web:
        assert (await web.visitor().get("/permissions")).status_code == 303
