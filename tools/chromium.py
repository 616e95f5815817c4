"""Sees to it that the browser tests have a Chromium: finds one, or installs Debian's where that is possible.

As a command it never fails outside CI: without a browser the journeys are skipped and say so. With CI set a missing
browser is an error, for there nothing may be skipped. `find()` is what the tests use.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ADVICE = "install Chromium (Debian: apt-get install chromium) or set CHROMIUM to its path"
LONGEST = 900  # seconds for one apt-get


def find() -> str | None:
    """The path of a Chromium on this machine, or None. CHROMIUM in the environment decides alone."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = [shutil.which(name) for name in NAMES]
    return next((path for path in (*found, *PLACES) if path and Path(path).is_file()), None)


def main() -> None:
    """Install where needed and possible; says what it does, since it takes a minute."""
    if find() or (not os.environ.get("CHROMIUM") and install() and find()):
        return
    sentence = f"There is no Chromium here, so the journeys in a real browser cannot run: {ADVICE}."
    if in_ci():
        sys.exit(sentence)
    print(sentence)


def in_ci() -> bool:
    """Whether this is a run where nothing may be skipped (CI set, and not to a no)."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def install() -> bool:
    """apt-get install chromium, as root or with a sudo that asks for no password."""
    rights = root_rights()
    if shutil.which("apt-get") is None or rights is None:
        return False
    print("Installing Chromium with apt-get (about a minute, once) ...", flush=True)
    for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        command = [*rights, "apt-get", "-q", *step]
        try:
            done = subprocess.run(command, env=quiet(), capture_output=True, text=True, timeout=LONGEST, check=False)
        except (OSError, subprocess.TimeoutExpired) as reason:
            print(f"apt-get {step[0]} did not finish: {reason}")
            return False
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:]
            print(f"apt-get {step[0]} failed: {''.join(last)}")
            return False
    return True


def root_rights() -> list[str] | None:
    """What to put before a command so that root runs it, or None where that would need a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def quiet() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


if __name__ == "__main__":
    main()
