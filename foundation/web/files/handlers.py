"""All handlers of this folder's pages."""

from foundation.web.files import picture_pages

HANDLERS = [*picture_pages.HANDLERS]
