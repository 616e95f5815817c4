"""Whether the process lives, and whether it can serve."""

from typing import Any

from litestar import Request, Response, get

from foundation.store import engines, migrations


@get("/health/live", public=True)
async def live() -> Response[str]:
    """The process answers."""
    return _answer("ok", 200)


@get("/health/ready", public=True)
async def ready(request: Request[Any, Any, Any]) -> Response[str]:
    """The database answers and has every migration; otherwise 503 and what is missing."""
    engine = engines.current()
    try:
        missing = await migrations.pending(engine)
    except engine.errors:
        return _answer("the database does not answer", 503)
    return _answer(f"migrations missing: {', '.join(missing)}", 503) if missing else _answer("ok", 200)


def _answer(text: str, status: int) -> Response[str]:
    return Response(text, status_code=status, media_type="text/plain", headers={"cache-control": "no-store"})


HANDLERS = [live, ready]
