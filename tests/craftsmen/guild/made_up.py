"""A small guild for tests: a porcelain works and a smelter in Nanchang, a firm in Jiujiang, their people and clerks.

老吴 learnt from nobody, 程砚秋 and 𠮷田 from him perhaps; 熊晓燕 works at the smelter, 柯河 in Jiujiang. 梅 is clerk of
the works, 陶 of the smelter, 客 of Jiujiang's firm; 市 is officer of Nanchang, 浔 of Jiujiang, 省 of the federation.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from craftsmen import apprenticeships
from craftsmen.rules.apprenticeships import Agreement
from craftsmen.showcase_tables import Profile, ShownCraftsman
from foundation.people import accounts, organisations, sessions, worker_merging, workers
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisations import Draft, Kind
from foundation.people.sessions import SignedIn
from foundation.people.worker_facts import Given
from foundation.work import two_person

NOW = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
AGREED = Agreement("釉下青花", "每周两个下午在窑前", date(2026, 5, 1), date(2029, 4, 30))
PEOPLE = {
    "mei": ("clerk", "works"), "tao": ("clerk", "smelter"), "ke": ("clerk", "firm"), "shi": ("officer", "nanchang"),
    "xun": ("officer", "jiujiang"), "sheng": ("officer", "root"), "pan": ("organiser", "root"),
}  # fmt: skip
WORKERS = {
    "wu": ("吴有福", "works"), "cheng": ("程砚秋", "works"), "ji": ("𠮷田", "works"), "xiong": ("熊晓燕", "smelter"),
    "kehe": ("柯河", "firm"),
}  # fmt: skip


@dataclass
class Here:
    """Ids by short names."""

    places: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    workers: dict[str, int] = field(default_factory=dict)

    async def user(self, name: str) -> SignedIn:
        token = await sessions.open_session(self.people[name], datetime.now(UTC))
        found = await sessions.from_token(token, datetime.now(UTC))
        assert found is not None
        return found

    async def bound(self, master: str, apprentice: str, agreement: Agreement = AGREED) -> int:
        """An agreement of these two."""
        both = (self.workers[master], self.workers[apprentice])
        return await apprenticeships.create(*both, agreement, "test", NOW, account=self.people["mei"])

    async def merged(self, stays: int, goes: int) -> None:
        """Two records become one, by two people."""
        act = await worker_merging.ask_merge(stays, goes, self.people["shi"], "同一个人", NOW)
        await two_person.confirm(act, self.people["sheng"], NOW)

    async def page(self, who: str) -> None:
        """A public page, as far as being found by name goes."""
        name, _ = WORKERS[who]
        worker = self.workers[who]
        profile = Profile(
            address=f"craftsman-{worker}", worker=worker, headline="", story="", works="", trick="", stage="approved",
            revision=1, changed_by="test", changed_at=NOW,
        )  # fmt: skip
        await profile.save()
        shown = ShownCraftsman(profile=profile.id, address=profile.address, name=name, view="{}", changed_at=NOW)
        await shown.save()


async def guild() -> Here:
    here = Here(places={"root": ROOT_ID})
    tree = [
        ("nanchang", "root", "南昌市总工会", Kind.CITY), ("jiujiang", "root", "九江市总工会", Kind.CITY),
        ("works", "nanchang", "泊阳瓷厂工会", Kind.ENTERPRISE), ("smelter", "nanchang", "青岫冶炼", Kind.ENTERPRISE),
        ("firm", "jiujiang", "浔禾石化", Kind.ENTERPRISE),
    ]  # fmt: skip
    for code, parent, name, kind in tree:
        here.places[code] = await organisations.create(here.places[parent], Draft(name, kind), "test", NOW)
    for sign_in, (role, place) in PEOPLE.items():
        made = await accounts.create_account(sign_in, sign_in, [role], "test", NOW, organisation_id=here.places[place])
        here.people[sign_in] = made[0]
    for code, (name, unit) in WORKERS.items():
        here.workers[code] = (await workers.create(Given(name), here.places[unit], "test", NOW))[0]
    return here
