"""Two real `ganpo serve` on one database: what is changed in one shows in the other's kept pages within a second."""

import re
import statistics
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.journeys.serving import Server, serving

WITHIN = 1.0  # second
ROUNDS = 6
_CSRF = re.compile(r'name="csrf_token" value="([^"]*)"')

ACTIVATE = """
import asyncio, datetime, os
from foundation.people import accounts
from foundation.store import engines

async def main():
    engine = engines.current()
    await engine.start()
    now = datetime.datetime.now(datetime.UTC)
    _, code = await accounts.create_account("guan", "官", ["officer"], "test", now)
    await accounts.activate("guan", code, os.environ["A_PASSWORD"])
    await engine.stop()

asyncio.run(main())
"""
PASSWORD = "ganpo-two-processes"


class Browser:
    """As much of one as a form needs, on one server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookie = ""

    def ask(self, path: str, typed: dict[str, str] | None = None) -> tuple[int, str]:
        connection = HTTPConnection(urlsplit(self.server.address).netloc, timeout=20)
        headers = {"cookie": self.cookie, "origin": self.server.address}
        if typed is None:
            connection.request("GET", path, headers=headers)
        else:
            headers["content-type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(typed), headers)
        answer = connection.getresponse()
        if answer.headers["set-cookie"]:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        text = answer.read().decode()
        connection.close()
        return answer.status, text


def test_a_change_in_one_process_shows_in_the_other_within_a_second(empty_database_url: str, tmp_path: Path) -> None:
    url = empty_database_url
    with serving(tmp_path / "one", url, demo=False) as one, serving(tmp_path / "two", url, demo=False) as two:
        environment = {"DATABASE_URL": url, "GANPO_HOME": str(one.home), "A_PASSWORD": PASSWORD}
        subprocess.run([sys.executable, "-c", ACTIVATE], env=environment, check=True, cwd=Path(__file__).parents[2])
        officer, reader, neighbour = Browser(one), Browser(two), Browser(one)
        status, _ = officer.ask("/sign-in", {"sign_in": "guan", "password": PASSWORD})
        assert status == 303
        _, page = officer.ask("/site")
        found = _CSRF.search(page)
        assert found is not None
        waited = []
        for number in range(ROUNDS):
            host = f"主办单位第{number}版"
            assert kept(two) == kept(two)  # the old page is there, and is kept
            saved = {"csrf_token": found[1], "revision": str(number), "host": host}
            assert officer.ask("/site", saved)[0] == 303
            saved_at = time.monotonic()
            assert host in neighbour.ask("/verify")[1]  # where it was written: at once
            while host not in reader.ask("/verify")[1]:
                assert time.monotonic() - saved_at < 5 * WITHIN
                time.sleep(0.01)
            waited.append(time.monotonic() - saved_at)
            assert host in reader.ask("/nothing")[1]  # pages that are not kept show the same
        assert statistics.median(waited) < WITHIN, waited  # a busy machine may be late once or twice


def kept(server: Server) -> str:
    """The ETag of a page that everyone may keep."""
    with urllib.request.urlopen(f"{server.address}/verify", timeout=20) as answer:  # noqa: S310 - a loopback address of our own
        return str(answer.headers["etag"])
