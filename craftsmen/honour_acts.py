"""What two people do to an honour beside revoking it: correct it, let it stand again, enter that it is given back.

Asks and performs; `honours.py` writes. Each question names the version it was asked about: what was changed
meanwhile is not overwritten unseen. `by` is the asking account.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from craftsmen import honours
from craftsmen.honour_facts import HonourFacts
from craftsmen.rules.honours import Member, after, reason_problems
from foundation.base.problem import N_, Problem, Refused
from foundation.files import uses
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person

FIELD_WORDS: Mapping[str, str] = {
    "name": N_("Name"),
    "unit_name": N_("Unit"),
    "gender": N_("Gender"),
    "occupation": N_("Occupation"),
    "occupation_code": N_("Code of the occupation"),
    "edition": N_("Edition"),
    "body": N_("Conferring body"),
    "document": N_("Document"),
    "year": N_("Year"),
    "month": N_("Month"),
    "day": N_("Day"),
    "posthumous": N_("Posthumous"),
    "members": N_("Members"),
    "stage": N_("State"),
    "worker": N_("Worker"),
    "unit": N_("Unit in the registry"),
    "city": N_("City or industry union"),
    "county": N_("County"),
    "version": N_("Version"),
    "public_reason": N_("Public reason"),
}


DATE = ("year", "month", "day")
GENDER_WORDS: Mapping[Any, str] = {"female": "女", "male": "男"}
SIGNED = "renunciation"  # what the file is to the honour that its holder gives back


async def ask_correction(  # noqa: PLR0917 - a question is all of these
    honour: HonourFacts, changes: Mapping[str, Any], public_reason: str, reason: str, by: int, now: datetime
) -> int:
    """Ask for the next version of an honour; answers the act's id. `changes` come from `rules.corrections`."""
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    was = {name: getattr(honour.on if name in DATE else honour, name) for name in said if name != "members"}
    return await _ask(CORRECT, "correct", honour, public_reason, reason, by, now, {"changes": said, "was": was})


async def ask_restore(honour: HonourFacts, public_reason: str, reason: str, by: int, now: datetime) -> int:
    """Ask that a revocation, or a giving back, be taken back as wrong."""
    return await _ask(RESTORE, "restore", honour, public_reason, reason, by, now)


async def ask_renounce(  # noqa: PLR0917
    honour: HonourFacts, paper: int | None, public_reason: str, reason: str, by: int, now: datetime
) -> int:
    """Enter what its holder signed on paper: that they give the honour back. The paper, a stored file, is needed."""
    if paper is None:
        raise Refused(*reason_problems(public_reason, reason), Problem("stored_missing", "paper"))
    return await _ask(RENOUNCE, "renounce", honour, public_reason, reason, by, now, {"paper": paper})


@tried_again
async def _ask(  # noqa: PLR0917
    kind: two_person.Kind, step: str, honour: HonourFacts, public_reason: str, reason: str, by: int, now: datetime,
    more: Mapping[str, Any] | None = None,
) -> int:  # fmt: skip
    if problems := reason_problems(public_reason, reason):
        raise Refused(*problems)
    if after(step, honour.stage) is None:
        raise Refused(Problem(f"honour_is_{honour.stage.value}", "", {"name": honour.name}))
    payload = {
        "honour": honour.id, "version": honour.version, "public_reason": public_reason.strip(), **(more or {}),
    }  # fmt: skip
    async with transaction():
        if "paper" in payload:
            await uses.hang(payload["paper"], f"honour:{honour.id}", SIGNED)
        return await two_person.ask(
            kind, f"honour:{honour.id}", payload, honour.organisation_id, by, reason.strip(), now
        )


async def _as_it_was(act: two_person.Asked) -> HonourFacts:
    honour = await honours.by_id(_honour_of(act))
    if honour is None or honour.version != act.payload["version"]:
        raise Refused(Problem("honour_changed_meanwhile"))
    return honour


def _honour_of(act: two_person.Asked) -> int:
    return int(act.about.removeprefix("honour:"))


async def _correct(act: two_person.Asked, by: int, now: datetime) -> None:
    honour = await _as_it_was(act)
    changes = dict(act.payload["changes"])
    if "members" in changes:
        known = {one.name: one.worker for one in await honours.members_of(honour.id)}
        changes["members"] = tuple(Member(name, known.get(name)) for name in changes["members"])
    await honours.correct(
        honour.id, changes, str(act.payload["public_reason"]), act.reason, act.id, f"account:{by}", now
    )


async def _restore(act: two_person.Asked, by: int, now: datetime) -> None:
    honour = await _as_it_was(act)
    await honours.restore(honour.id, str(act.payload["public_reason"]), act.reason, act.id, f"account:{by}", now)


async def _renounce(act: two_person.Asked, by: int, now: datetime) -> None:
    honour = await _as_it_was(act)
    await honours.renounce(honour.id, str(act.payload["public_reason"]), act.reason, act.id, f"account:{by}", now)


async def _said(payload: Mapping[str, Any]) -> two_person.Shown:
    """Whose honour it is, each change from what stood to what would stand, and the public reason."""
    honour = await honours.by_id(int(payload.get("honour", 0)))
    whose = () if honour is None else (
        (N_("Title of honour"), honour.title_name), (N_("Holder"), f"{honour.name} · {honour.unit_name}"),
    )  # fmt: skip
    was, would = payload.get("was", {}), payload.get("changes", {})
    changes = [
        (word, f"{_plain(was[name])} → {_plain(would[name])}" if name in was else _plain(would[name]))
        for name, word in FIELD_WORDS.items()
        if name in would
    ]
    return (*whose, *changes, (N_("Reason that everyone will read"), str(payload["public_reason"])))


def _plain(value: Any) -> str:
    if value is True:
        return "✓"
    return "、".join(value) if isinstance(value, list) else GENDER_WORDS.get(value, str(value or "–"))


def _signed(act: two_person.Asked) -> int | None:
    """What its holder signed, for whoever confirms that an honour is given back."""
    paper = act.payload.get("paper")
    return int(paper) if paper is not None else None


def _kind(code: str, title: str, perform: Any) -> two_person.Kind:
    return two_person.register(
        two_person.Kind(
            code, title, perform, show=_said, address=lambda act: f"/honours/{_honour_of(act)}", evidence=_signed
        )
    )


CORRECT = _kind("honour.correct", N_("Correct an honour"), _correct)
RESTORE = _kind("honour.restore", N_("Let a revoked or returned honour stand again"), _restore)
RENOUNCE = _kind("honour.renounce", N_("Enter that a holder gives an honour back"), _renounce)
