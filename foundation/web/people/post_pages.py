"""The pages of posts: hats, who holds what, handing over."""

from litestar.handlers import HTTPRouteHandler

HANDLERS: list[HTTPRouteHandler] = []
