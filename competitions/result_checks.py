"""Published results in the box where everyone checks what was issued: by a contest's address, or by a SHA-256.

Whoever holds a printed standing or a bundle types the sum that stands on it, and reads whether a later version took
its place. Knows published versions alone, and names nobody.
"""

import re

from competitions import showcase
from competitions.contests import ContestFacts
from competitions.showcase import PublicationFacts
from foundation.base import clock
from foundation.base.problem import N_, NotFound
from foundation.process import checks
from foundation.process.suspensions import suspended

_SUM = re.compile(r"[0-9a-f]{64}")
STANDS = N_("These results are published here in this version. Compare the checksum with what you hold.")
ENDED = N_("These results were corrected: what you hold is not the newest version.")


async def by_address_or_sum(typed: str) -> checks.Found | None:
    """What everyone may know of the published results that this means."""
    wanted = "".join(typed.lower().split())
    if _SUM.fullmatch(wanted):
        found = await showcase.publication_by_sum(wanted)
        if found is None:
            return None
        address, held = found
    else:
        address, held = wanted, None
    try:
        contest = await showcase.public_contest(address)
    except NotFound:
        return None
    newest = await showcase.publication(contest)
    if newest is None or await suspended(f"/contests/{contest.address}"):
        return None
    return _found(contest, held or newest, newest)


def _found(contest: ContestFacts, held: PublicationFacts, newest: PublicationFacts) -> checks.Found:
    published = held.published_at.astimezone(clock.zone())
    stands = held.version == newest.version
    return checks.Found(
        title=N_("Published results"),
        standing=checks.Standing.VALID if stands else checks.Standing.CORRECTED,
        number=contest.address,
        lines=(
            (N_("Contest"), f"{contest.competition.title}\n{contest.title}"),
            (N_("Version"), str(held.version)),
            (N_("Published on"), f"{published:%Y-%m-%d %H:%M}"),
            (N_("SHA-256 of the standings"), held.standings_hash),
        ),
        reason="" if stands else newest.reason,
        more=f"/contests/{contest.address}",
        stands=STANDS,
        ended=ENDED,
    )


SOURCE = checks.Source("results", N_("published results"), by_address_or_sum)
