"""Asks Lighthouse what it thinks of public pages of the demonstration: `make lighthouse`, or with other addresses.

Serves the made-up province on a free port of this machine, installs Lighthouse (one pinned version, from the npm
registry, below .venv) where it is missing, and prints the four scores of each page. Needs Node.js and Chromium; ends
with code 1 where a score is below 100, saying what Lighthouse found.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = "13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("/craftsmen", "/craftsmen/{first}")
LONGEST = 180  # seconds for one page
SWITCHES = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def main(pages: list[str]) -> None:
    """Measure these pages, or the gallery and the first craftsman's page."""
    program, browser = installed(), shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("Lighthouse needs Chromium; `make test` installs it where that is possible.")
    with tempfile.TemporaryDirectory(prefix="ganpo-lighthouse-") as folder:
        address, server = serve(Path(folder))
        try:
            wanted = pages or [page.format(first=first_craftsman(address)) for page in PAGES]
            low = [page for page in wanted if not fine(program, browser, address + page, Path(folder))]
        finally:
            server.terminate()
            server.wait(30)
    if low:
        sys.exit(f"Below 100: {', '.join(low)}")


def installed() -> Path:
    """Lighthouse's program, installed where it is missing."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        sys.exit("Lighthouse needs Node.js with npm, and this machine has none.")
    home = ROOT / ".venv" / f"lighthouse-{VERSION}"
    program = home / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        print(f"Installing Lighthouse {VERSION} …", flush=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(home), f"lighthouse@{VERSION}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return program


def serve(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    """The demonstration on a free port, once it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "GANPO_HOME": str(folder / "var"), "GANPO_PUBLIC_URL": address}
    environment.pop("DATABASE_URL", None)
    command = [str(Path(sys.executable).with_name("ganpo")), "serve", "--demo", "--port", str(port)]
    print("Making the made-up province …", flush=True)
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5):  # noqa: S310 - our own, on loopback
                return address, server
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.5)
    server.kill()
    sys.exit((folder / "serve.log").read_text(encoding="utf-8", errors="replace")[-800:])


def first_craftsman(address: str) -> str:
    """The address of the newest craftsman who has a page."""
    with urllib.request.urlopen(f"{address}/api/craftsmen", timeout=30) as answer:  # noqa: S310
        listed = json.load(answer)["craftsmen"]
    pages = [one["page"].rpartition("/")[2] for one in listed if one["page"]]
    if not pages:
        sys.exit("No craftsman of the demonstration has a page.")
    return str(pages[0])


def fine(program: Path, browser: str, url: str, folder: Path) -> bool:
    """Whether all four scores of a page are 100; prints them, and what costs points."""
    report = folder / "report.json"
    command = [
        str(program), url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={SWITCHES}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": browser}
    if subprocess.run(command, check=False, timeout=LONGEST, env=environment).returncode:
        # Chromium now and then loses the beginning of its own trace; Lighthouse then asks to be run again.
        subprocess.run(command, check=True, timeout=LONGEST, env=environment)
    found = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
    print(url, " ".join(f"{name} {score}" for name, score in scores.items()), flush=True)
    for name, score in scores.items():
        if score < 100:
            for reference in found["categories"][name]["auditRefs"]:
                audit = found["audits"][reference["id"]]
                if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                    print(f"  {name}: {audit['title']} {audit.get('displayValue', '')}")
    return min(scores.values()) == 100


if __name__ == "__main__":
    main(sys.argv[1:])
