"""All handlers of this folder's pages."""

from foundation.web.process import (
    announcement_pages,
    calendar_pages,
    certificate_pages,
    certificate_printer_pages,
    certificate_run_pages,
    check_pages,
    circular_pages,
    notice_pages,
    objection_pages,
    public_pages,
    sheet_pages,
    site_pages,
    suspension_pages,
)

HANDLERS = [
    *announcement_pages.HANDLERS,
    *calendar_pages.HANDLERS,
    *certificate_pages.HANDLERS,
    *certificate_printer_pages.HANDLERS,
    *certificate_run_pages.HANDLERS,
    *check_pages.HANDLERS,
    *circular_pages.HANDLERS,
    *notice_pages.HANDLERS,
    *objection_pages.HANDLERS,
    *public_pages.HANDLERS,
    *sheet_pages.HANDLERS,
    *site_pages.HANDLERS,
    *suspension_pages.HANDLERS,
]
