"""All handlers of this folder's pages."""

from foundation.web.work import (
    act_pages,
    job_pages,
    outbox_pages,
)

HANDLERS = [
    *act_pages.HANDLERS,
    *job_pages.HANDLERS,
    *outbox_pages.HANDLERS,
]
