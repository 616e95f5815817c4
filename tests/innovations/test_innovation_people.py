"""Authors are linked to workers of their unit, and to nobody else; an innovation carries on one of another year."""

from msgspec.structs import replace

from foundation.people import workers
from foundation.people.worker_facts import Given
from innovations import innovation_people, innovations
from innovations.innovation_tables import Innovation, InnovationAuthor
from tests.innovations.made_up import NOW, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovation_pages import WRITTEN, begun, posted
from tests.innovations.test_innovations import handed_in, refused, revision
from tests.innovations.test_proposal_pages import sentences
from tests.web import visitors


async def linked() -> list[tuple[str, int | None]]:
    rows = await InnovationAuthor.select().order_by(InnovationAuthor.position)
    return [(row["name"], row["worker"]) for row in rows]


async def test_a_worker_of_the_unit_is_offered_by_name_and_chosen(database):
    here = await works()
    stranger, _ = await workers.create(Given("占云帆"), here.places["other"], "test", NOW)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = f"{await begun(clerk)}/text"
        page = await posted(clerk, at, {**WRITTEN, "act": "workers"}, at)
        assert f'<option value="{here.worker}"' in page.text
        assert f'<option value="{stranger}"' not in page.text
        chosen = {**WRITTEN, "worker-1": str(here.worker), "worker-3": str(stranger)}
        assert (await posted(clerk, at, chosen, at)).status_code == 303
        assert await linked() == [("冯砚秋", here.worker), ("占云帆", None)]
        again = {**WRITTEN, "author-1": "别的人", "worker-1": str(here.worker)}
        assert (await posted(clerk, at, {**again, "worker-1": ""}, at)).status_code == 303
        assert await linked() == [("别的人", None), ("占云帆", None)]


async def test_everybody_of_one_name_is_offered_with_what_tells_them_apart(database):
    here = await works()
    twin, _ = await workers.create(Given("冯砚秋", phone="19900000777"), here.places["works"], "test", NOW)
    found = await innovation_people.candidates(here.places["works"], ["冯砚秋", ""])
    assert [one.id for one in found["冯砚秋"]] == [here.worker, twin]
    assert await innovation_people.candidates(here.places["works"], []) == {}


async def test_it_carries_on_what_its_own_unit_handed_in_before(database):
    here = await works()
    by = here.people["mei"]
    first = await innovations.begin(FOIL, here.places["works"], by, NOW)
    draft = await innovations.begin(FOIL, here.places["works"], by, NOW)
    other = await innovations.begin(FOIL, here.places["other"], by, NOW)
    number = await innovations.begin(replace(FOIL, title="张力控制第二代", year=2026), here.places["works"], by, NOW)
    for each in (first, other):
        await handed_in(each)
    for wrong in (draft, other, number, number + 1):
        late = innovations.set_earlier(number, wrong, await revision(number), by, NOW)
        assert await refused(late) == [("earlier", "innovation_earlier")]
    at = f"/innovations/desk/{number}"
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        assert (await clerk.get(f"{at}/earlier")).status_code == 404
        assert sentences(await posted(clerk, f"{at}/earlier", {"earlier": "x"}, at)) == [
            "请选择本单位此前已提交的成果。"
        ]
        assert (await posted(clerk, f"{at}/earlier", {"earlier": str(first)}, at)).status_code == 303
        assert f"延续 2025 年的“{FOIL.title}”" in (await clerk.get(at)).text
        page = await clerk.get(f"{at}/earlier")
        assert "<ins>第二代</ins>" in page.text
        county = await web.signed_in("yun")
        assert (await county.get(f"{at}/earlier")).status_code == 404  # it is a draft of the unit still
        assert (await posted(clerk, f"{at}/earlier", {"earlier": ""}, at)).status_code == 303
        await innovations.set_earlier(number, first, await revision(number), by, NOW)
        await handed_in(number)
        assert (await county.get(f"{at}/earlier")).status_code == 200
        await innovations.save(first, replace(FOIL, title="写了还没提交"), await revision(first), by, NOW)
        assert "写了还没提交" not in (await county.get(at)).text
        await innovations.set_earlier(number, None, await revision(number), by, NOW)
    row = await Innovation.select(Innovation.earlier).where(Innovation.id == number).first()
    assert row == {"earlier": None}
