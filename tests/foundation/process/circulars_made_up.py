"""A small province for tests of circulars: two cities with a firm each, and who works where.

ling drafts, song reviews, qian signs, all at the federation; tu is the clerk of the firm in Nanchang, ke of the one
in Jiujiang, hu an officer of the city federation of Nanchang.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, organisations, sessions
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisations import Draft, Kind
from foundation.people.sessions import SignedIn
from foundation.process import announcements, approval, circulars
from foundation.process.rules.circular_form import AnnouncementDraft, CircularDraft

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
DEADLINE = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PEOPLE = {
    "ling": ("officer", "root"),
    "song": ("reviewer", "root"),
    "qian": ("signer", "root"),
    "an": ("supervisor", "root"),
    "hu": ("officer", "nanchang"),
    "tu": ("clerk", "qingxiu"),
    "ke": ("clerk", "xunhe"),
}


@dataclass
class Province:
    """Ids of organisations and accounts by their short names."""

    places: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    async def user(self, name: str) -> SignedIn:
        """This person, signed in, under their only hat."""
        token = await sessions.open_session(self.people[name], datetime.now(UTC))
        found = await sessions.from_token(token, datetime.now(UTC))
        assert found is not None
        return found


async def province() -> Province:
    made = Province({"root": ROOT_ID})
    tree = [
        ("nanchang", "root", "南昌市总工会", Kind.CITY), ("jiujiang", "root", "九江市总工会", Kind.CITY),
        ("qingxiu", "nanchang", "青岫航空部件制造有限公司工会", Kind.ENTERPRISE),
        ("xunhe", "jiujiang", "浔禾石化装备有限公司工会", Kind.ENTERPRISE),
        ("office", "nanchang", "劳动和经济工作部", Kind.OFFICE),
    ]  # fmt: skip
    for code, parent, name, kind in tree:
        made.places[code] = await organisations.create(made.places[parent], Draft(name, kind), "test", NOW)
    for sign_in, (role, place) in PEOPLE.items():
        made.people[sign_in], _ = await accounts.create_account(
            sign_in, f"{sign_in}某", [role], "test", NOW, organisation_id=made.places[place]
        )
    return made


def said(**changed: Any) -> CircularDraft:
    values: dict[str, Any] = {
        "title": "关于举办2026年职工职业技能竞赛的通知", "number": "赣工发〔2026〕12号",
        "text": "各设区市总工会：\n一、竞赛项目\n焊工、电工。", "deadline": DEADLINE, "contact_name": "凌某",
        "contact_phone": "0791-00000000", "addressed_under": ROOT_ID, "public": True,
    }  # fmt: skip
    return CircularDraft(**{**values, **changed})


async def drafted(made: Province, **changed: Any) -> int:
    return await circulars.create(ROOT_ID, said(**changed), made.people["ling"], NOW)


async def issued(made: Province, paper: approval.Paper = circulars.PAPER, **changed: Any) -> int:
    """The whole way: drafted by ling, reviewed by song, signed by qian."""
    if paper is circulars.PAPER:
        number = str(said(**changed).number)
        document = await drafted(made, **changed)
    else:
        draft = AnnouncementDraft(**{"title": "公告", "number": "2026年第3号", "text": "现予公告。", **changed})
        number, document = draft.number, await announcements.create(ROOT_ID, draft, made.people["ling"], NOW)
    await approval.hand_in(paper, document, made.people["ling"], NOW)
    await approval.pass_on(paper, document, made.people["song"], NOW + timedelta(minutes=1))
    await approval.sign(paper, document, number, made.people["qian"], NOW + timedelta(minutes=2))
    return document


async def refusal(work: Any) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        await work
    return list(caught.value.problems)
