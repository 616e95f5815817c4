"""Honours in the box where everyone checks what was issued: by the address that an honour has in the public register.

Reads Shown… tables only: who may not be seen there is not found here, and an honour that ended names nobody.
"""

from craftsmen import gallery
from craftsmen.gallery import Line
from foundation.base.problem import N_
from foundation.process import checks
from foundation.process.suspensions import suspended

STANDINGS = {"conferred": checks.Standing.VALID, "renounced": checks.Standing.GIVEN_BACK}
STANDS = N_("This honour stands in the public register.")
ENDED = N_("Nobody holds this honour any more.")


async def by_address(typed: str) -> checks.Found | None:
    """What everyone may know of the honour that stands in the register under this address."""
    line = await gallery.by_address(typed.lower())
    if line is None or await suspended(f"/honour-roll/{line.address}"):
        return None
    return checks.Found(
        title=N_("Honour"),
        standing=STANDINGS.get(line.stage, checks.Standing.REVOKED),
        number=line.address,
        lines=tuple(one for one in _lines(line) if one[1]),
        reason=line.public_reason if line.stage != "conferred" else "",
        more=f"/honour-roll/{line.address}" if line.stage == "conferred" else "",
        stands=STANDS,
        ended=ENDED,
    )


def _lines(line: Line) -> tuple[tuple[str, str], ...]:
    return (
        (N_("Honour"), line.title_name),
        (N_("Holder"), line.name),
        (N_("Unit"), line.unit_name if line.name else ""),
        (N_("Conferring body"), line.body),
        (N_("Document number"), line.document),
        (N_("Date"), line.given_on),
    )


SOURCE = checks.Source("honour", N_("honours"), by_address)
