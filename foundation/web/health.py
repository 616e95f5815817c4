"""Whether the process lives, and whether it can serve."""

from typing import Any

from litestar import Request, Response, get

from foundation.store import engines, migrations


@get("/health/live", public=True)
async def live() -> Response[str]:
    """The process answers."""
    return Response("ok", media_type="text/plain", headers={"cache-control": "no-store"})


@get("/health/ready", public=True)
async def ready(request: Request[Any, Any, Any]) -> Response[str]:
    """The database answers and has every migration; otherwise 503 and what is missing."""
    missing = await migrations.pending(engines.current())
    if missing:
        return Response(
            f"migrations missing: {', '.join(missing)}",
            status_code=503,
            media_type="text/plain",
            headers={"cache-control": "no-store"},
        )
    return Response("ok", media_type="text/plain", headers={"cache-control": "no-store"})


HANDLERS = [live, ready]
