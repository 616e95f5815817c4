"""The Django application: settings as in production, one route, and a view that reads and renders on every request.

In its favour: no sessions, no accounts, no translation, nothing logged, nothing packed, templates cached, the
database connection kept. `PEER_DATABASE` is the path of the SQLite file.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(32),
    INSTALLED_APPS=["benchmarks.django_peer"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["PEER_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
            "OPTIONS": {"context_processors": []},
        }
    ],
    USE_TZ=True,
    TIME_ZONE="Asia/Shanghai",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    LOGGING_CONFIG=None,
)
django.setup()

from django.shortcuts import get_object_or_404, render  # noqa: E402 - after Django is set up

from benchmarks.django_peer.models import Contest, Publication, PublishedLine  # noqa: E402


def contest(request: HttpRequest, address: str) -> HttpResponse:
    found = get_object_or_404(Contest.objects.select_related("competition"), address=address)
    results = Publication.objects.filter(contest=found).select_related("scheme_version").order_by("-version")[:1].get()
    lines = list(PublishedLine.objects.filter(publication=results).order_by("position"))
    names = {module["code"]: module["name"] for module in json.loads(results.scheme_version.scheme)["modules"]}
    for line in lines:
        line.points = list(zip(names.values(), json.loads(line.modules), strict=True))
        line.decided = names.get(line.decided_by.rpartition(":")[2], "")
    counts = json.loads(results.counts)
    groups: list[dict[str, Any]] = [
        {"name": name, "counts": counts[name], "lines": [line for line in lines if line.group_name == name]}
        for name in found.groups.split("\n")
    ]
    return render(
        request,
        "contest.html",
        {
            "contest": found,
            "competition": found.competition,
            "results": results,
            "frozen": results.scheme_version,
            "groups": groups,
            "modules": names.values(),
            "static": "/static/cefd8370ee0d",
            "hashes": {
                name: [text[start : start + 8] for start in range(0, 64, 8)]
                for name, text in (
                    ("bundle", results.bundle_hash),
                    ("standings", results.standings_hash),
                    ("scheme", results.scheme_version.scheme_hash),
                )
            },
            "bundle_name": f"{found.address}-v{results.version}.zip",
        },
    )


urlpatterns = [path("contests/<str:address>", contest)]
application = get_wsgi_application()
