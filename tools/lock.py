"""Writes requirements/*.txt: exact versions with hashes, for every system and Python that pyproject.toml admits.

Both uv and pip read them. Versions that still fit stay as they are; `--upgrade` takes newer ones. No address of a
package index is written: a machine's own configuration says where its packages come from.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
# Indexes beside the main one may hold builds of their own; what is locked must be found by everybody.
PRIVATE = ("UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")


def main(arguments: list[str]) -> None:
    """Compile the four lock files, most basic first. Ends with uv's own code where it refuses."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    compile_lock("build.txt", arguments, given=project["build-system"]["requires"])
    compile_lock("uv.txt", arguments, given=project["dependency-groups"]["bootstrap"])
    compile_lock("run.txt", [*arguments, "pyproject.toml"])
    agree = ["-c", "requirements/run.txt"]
    compile_lock("dev.txt", [*arguments, *agree, "--extra", "test", "--extra", "check", "pyproject.toml"])


def compile_lock(name: str, arguments: list[str], given: list[str] | None = None) -> None:
    """One lock file, from `given` requirements or from the project's own."""
    target = f"requirements/{name}"
    print(f"Locking {target} ...", flush=True)
    command = [str(UV), "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--quiet"]
    command += ["--python-version", "3.11", "--output-file", target, *arguments]
    if given is not None:
        command.append("-")
    environment = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    lines = "\n".join(given or ())
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, input=lines, text=True, stdout=subprocess.DEVNULL, check=False
    )
    if answer.returncode != 0:
        sys.exit(answer.returncode)


if __name__ == "__main__":
    main(sys.argv[1:])
