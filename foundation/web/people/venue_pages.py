"""The pages of judges' cards and of signing in at a venue."""

from litestar.handlers import HTTPRouteHandler

HANDLERS: list[HTTPRouteHandler] = []
