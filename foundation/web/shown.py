"""What every page shows of the site itself (the footer), put into a request before its page is rendered.

Knows the scope of a request and the site's copy in memory; asks the database only after a change.
"""

from typing import Any

import structlog

from foundation.process import site
from foundation.store import engines

FOOTER = "ganpo.footer"

log = structlog.get_logger()


async def prepare(scope: Any) -> None:
    """Put the site's texts into the scope: those of the open snapshot, or what stands now.

    Where the database does not answer there are none; the page that is asked for will say so itself.
    """
    try:
        scope[FOOTER] = await site.shown()
    except engines.current().errors as error:
        scope[FOOTER] = site.EMPTY
        log.warning("site_not_read", error=str(error))
