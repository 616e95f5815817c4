"""An author's own page: what was handed in, where it stands, the result with its reasons; nothing of anybody else's."""

from datetime import UTC, datetime

from msgspec.structs import replace

from foundation.people import own, worker_merging, workers
from foundation.people.worker_facts import Given
from foundation.work import two_person
from innovations import innovation_own, innovation_versions, innovations
from innovations.innovation_tables import Innovation
from innovations.rules.innovation_form import Author
from tests.innovations.made_up import NOW, PHONE
from tests.innovations.reviews_made_up import Round, ready
from tests.innovations.rules.foil import FOIL
from tests.web import Visitor, Web, shown, visitors

POINTS = {"夹具": ("55", "35"), "色卡": ("50", "35"), "料架": ("40", "30")}


async def at_home(web: Web, found: Round) -> Visitor:
    """冯砚秋, on her own page."""
    worker = web.visitor()
    code = await own.issue_code(found.here.worker, "test", datetime.now(UTC))
    assert (await worker.post("/mine", {"phone": PHONE, "code": code})).status_code == 303
    return worker


async def test_an_author_reads_the_result_and_its_reasons_once_it_is_decided(database):
    found = await ready()
    await found.marking()
    for name, points in POINTS.items():
        for who in await found.tasks(name):
            await found.reviewed(name, who, *points, words="色卡看得懂，值得推广", private="只给主任看")
    here, other = (found.innovations[name] for name in ("色卡", "料架"))
    async with visitors() as web:
        worker = await at_home(web, found)
        home = await worker.get("/mine")
        assert "我的创新成果" in home.text
        assert f'href="/mine/innovations/{here}"' in home.text
        assert f"/mine/innovations/{other}" not in home.text
        before = shown(await worker.get(f"/mine/innovations/{here}"))
        assert "评审中" in before
        assert "占云帆" in before
        await found.locked({})
        await found.awarded({"夹具": "award1", "色卡": "award2"})
        await found.noticed()
        meanwhile = shown(await worker.get(f"/mine/innovations/{here}"))
        await found.decided()
        after = await worker.get(f"/mine/innovations/{here}")
        assert after.headers["cache-control"] == "no-store"
        for words in ("色卡看得懂，值得推广", "赣工发〔2026〕10号", "2026年度职工创新成果评审", "85"):
            assert words not in before + meanwhile
            assert words in shown(after)
        assert "只给主任看" not in after.text
        for who in found.seats:
            assert f">{who}<" not in after.text
        assert (await worker.get(f"/mine/innovations/{other}")).status_code == 404
        nobody = await web.visitor().get(f"/mine/innovations/{here}")
        assert (nobody.status_code, nobody.headers["location"]) == (303, "/mine")


async def test_who_stands_on_a_draft_alone_reads_nothing_and_a_merged_record_keeps_what_was_its_own(database):
    found = await ready()
    await found.marking()
    await found.locked({**POINTS, "料架": ("58", "38")})
    await found.awarded({"料架": "award1"})
    await found.noticed()
    await found.decided()
    number = found.innovations["料架"]
    stands = await Innovation.select(Innovation.revision).where(Innovation.id == number).first()
    revision = int(stands["revision"]) if stands else 0
    late, _ = await workers.create(Given("汪砚"), found.here.places["other"], "test", NOW)
    newer = replace(FOIL, title="料架", authors=(Author("汪砚", 100, worker=late),))
    await innovations.save(number, newer, revision, found.by, NOW)
    assert await innovation_own.of_worker(late) == []
    await innovations.clear(number, revision + 1, found.by, NOW)
    await innovation_versions.hand_in(number, "", revision + 2, found.by, NOW)
    (one,) = await innovation_own.of_worker(late)
    assert (one.id, one.said.title) == (number, "料架")
    assert await innovation_own.results(late, number) == []  # another list of people was reviewed

    again, _ = await workers.create(Given("冯砚秋"), found.here.places["works"], "test", NOW)
    act = await worker_merging.ask_merge(again, found.here.worker, found.here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, found.here.people["yun"], NOW)
    assert {one.said.title for one in await innovation_own.of_worker(again)} == {"夹具", "色卡"}
    assert [line.title for line, _ in await innovation_own.results(again, found.innovations["夹具"])] == ["夹具"]
