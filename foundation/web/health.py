"""Whether the process lives, and whether it can serve."""

from typing import Any

from litestar import Request, Response, get

from foundation.base.problem import Refused
from foundation.store import engines, migrations


@get("/health/live", public=True)
async def live() -> Response[str]:
    """The process answers."""
    return _answer("ok", 200)


@get("/health/ready", public=True)
async def ready(request: Request[Any, Any, Any]) -> Response[str]:
    """The database answers and has every migration, and work behind the pages goes on; otherwise 503 and why not."""
    engine = engines.current()
    background = getattr(request.app.state, "background", None)
    if background is not None and background.fault is not None:
        return _answer("work in the background has ended", 503)
    try:
        missing = await migrations.pending(engine)
    except (Refused, *engine.errors):  # Refused: there is no opening it
        return _answer("the database does not answer", 503)
    return _answer(f"migrations missing: {', '.join(missing)}", 503) if missing else _answer("ok", 200)


def _answer(text: str, status: int) -> Response[str]:
    return Response(text, status_code=status, media_type="text/plain", headers={"cache-control": "no-store"})


HANDLERS = [live, ready]
