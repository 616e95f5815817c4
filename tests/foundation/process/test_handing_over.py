"""A post is handed over: its drafts go along, who wrote them stays an author, what was issued stays where it is."""

from datetime import UTC, datetime

from foundation.people import accounts, posts
from foundation.people.organisation_tables import ROOT_ID
from foundation.process import announcements, approval, handing_over
from foundation.process.circular_tables import Announcement
from foundation.process.rules.circular_form import AnnouncementDraft
from foundation.store.ledger_verify import verify

NOW = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)


async def person(sign_in: str, *roles: str) -> int:
    return (await accounts.create_account(sign_in, sign_in, roles, "test", NOW))[0]


async def draft(by: int, title: str) -> int:
    return await announcements.create(ROOT_ID, AnnouncementDraft(title, f"〔2026〕{by}{len(title)}号", "全文"), by, NOW)


async def test_drafts_go_to_the_successor_and_issued_ones_stay(database):
    old, new, other = [await person(name, "officer") for name in ("jiu", "xin", "tuo")]
    reviewer, signer = await person("shen", "reviewer"), await person("qian", "signer")
    mine, issued, hers = await draft(old, "草稿"), await draft(old, "已发的"), await draft(other, "别人的草稿")
    await approval.hand_in(announcements.PAPER, issued, old, NOW)
    await approval.pass_on(announcements.PAPER, issued, reviewer, NOW)
    await approval.sign(announcements.PAPER, issued, "演工告〔2026〕1号", signer, NOW)
    assert [problem.params for problem in await handing_over.at_hand(old, ROOT_ID)] == [{"count": "1"}]

    await posts.hand_over(old, new, ROOT_ID, "account:9", NOW)
    rows = await Announcement.select(Announcement.id, Announcement.drafted_by, Announcement.authors)
    found = {row["id"]: (row["drafted_by"], row["authors"]) for row in rows}
    assert found == {mine: (new, f",{old},{new},"), issued: (old, f",{old},"), hers: (other, f",{other},")}
    assert await handing_over.at_hand(old, ROOT_ID) == []
    assert await verify() == []
