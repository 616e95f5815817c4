"""All handlers of this folder's pages."""

from foundation.web.process import (
    announcement_pages,
    calendar_pages,
    circular_pages,
    notice_pages,
    objection_pages,
    public_pages,
    site_pages,
    suspension_pages,
)

HANDLERS = [
    *announcement_pages.HANDLERS,
    *calendar_pages.HANDLERS,
    *circular_pages.HANDLERS,
    *notice_pages.HANDLERS,
    *objection_pages.HANDLERS,
    *public_pages.HANDLERS,
    *site_pages.HANDLERS,
    *suspension_pages.HANDLERS,
]
