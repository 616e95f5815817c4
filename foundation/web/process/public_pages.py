"""What everyone reads: circulars, notices, announcements."""

from litestar.handlers import HTTPRouteHandler

HANDLERS: list[HTTPRouteHandler] = []
