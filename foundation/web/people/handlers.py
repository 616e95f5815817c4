"""All handlers of this folder's pages."""

from foundation.web.people import (
    factor_pages,
    organisation_pages,
    own_pages,
    permission_pages,
    post_pages,
    token_pages,
    venue_pages,
    worker_pages,
)

HANDLERS = [
    *factor_pages.HANDLERS,
    *organisation_pages.HANDLERS,
    *own_pages.HANDLERS,
    *permission_pages.HANDLERS,
    *post_pages.HANDLERS,
    *token_pages.HANDLERS,
    *venue_pages.HANDLERS,
    *worker_pages.HANDLERS,
]
