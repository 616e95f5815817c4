"""What the site says of itself: footer and privacy page. The only writer of `site`.

Knows the texts and how long they may be; knows no page. Every process keeps a copy that follows generation "site".
"""

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from foundation.base.problem import Problem, Refused
from foundation.process.site_tables import Site
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.copies import Copy
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

ONLY = 1  # the id of the one row
STREAM = "site"
LONGEST = {
    "host": 100,
    "host_english": 200,
    "contact": 200,
    "contact_english": 200,
    "filing": 60,
    "police_filing": 60,
    "privacy": 20_000,
    "privacy_english": 20_000,
}
_DIGITS = re.compile(r"\d{8,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteTexts:
    """The texts as they stand; an empty one is not shown. `revision` counts changes."""

    host: str = ""
    host_english: str = ""
    contact: str = ""
    contact_english: str = ""
    filing: str = ""
    police_filing: str = ""
    privacy: str = ""
    privacy_english: str = ""
    revision: int = 0

    @property
    def police_code(self) -> str:
        """The digits of 公安备案号, by which its page at the ministry is found."""
        found = _DIGITS.search(self.police_filing)
        return found.group() if found else ""


EMPTY = SiteTexts()


async def texts() -> SiteTexts:
    """What stands in the database."""
    row = await Site.select().where(Site.id == ONLY).first()
    return SiteTexts(**{name: row[name] for name in (*LONGEST, "revision")}) if row else EMPTY


_copy = Copy(STREAM, texts)


async def shown() -> SiteTexts:
    """What every page shows, from memory unless it changed; inside a snapshot, as of that snapshot."""
    return await _copy.now()


def site_problems(wanted: SiteTexts) -> list[Problem]:
    """What is wrong with texts that somebody typed."""
    return [
        Problem("site_text_long", name, {"most": str(most)})
        for name, most in LONGEST.items()
        if len(getattr(wanted, name)) > most
    ]


@tried_again
async def change(wanted: SiteTexts, by: int, now: datetime) -> SiteTexts:
    """Replace the texts. `wanted.revision` is the one the person saw; raises Refused where another came meanwhile."""
    wanted = replace(wanted, **{name: getattr(wanted, name).strip() for name in LONGEST})
    if problems := site_problems(wanted):
        raise Refused(*problems)
    async with transaction():
        await Site.insert(Site(id=ONLY, **asdict(EMPTY))).on_conflict(Site.id, "DO NOTHING")
        await lock_row(Site, ONLY)
        stands = await texts()
        if stands.revision != wanted.revision:
            raise Refused(Problem("site_changed_meanwhile"))
        changed = [name for name in LONGEST if getattr(stands, name) != getattr(wanted, name)]
        made = replace(wanted, revision=stands.revision + bool(changed))
        if changed:
            await Site.update(**asdict(made), changed_at=now, changed_by=by).where(Site.id == ONLY)
            payload = {"changed": changed, "revision": made.revision}
            ledger.record(stream=STREAM, act="site.changed", actor=f"account:{by}", payload=payload)
            generations.bump(STREAM)
    return made
