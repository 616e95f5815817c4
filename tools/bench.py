"""Runs the scripts in benchmarks/ one after the other, each bounded in time; any that fails fails the run.

`tools/bench.py NAME ...` runs only those whose name contains one of the words.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300  # seconds for one script


def main(words: list[str]) -> None:
    """Run every script, also after one failed. Ends with code 1 if any failed or ran out of time."""
    scripts = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if not path.name.startswith("_"))
    chosen = [path for path in scripts if not words or any(word in path.stem for word in words)]
    if not chosen:
        print("No benchmark to run.")
        return
    failed = [path.stem for path in chosen if not passes(path)]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def passes(script: Path) -> bool:
    print(f"\n== {script.stem} (at most {LONGEST} s)", flush=True)
    try:
        # As a module, so that it finds the packages and the tests' databases beside it.
        command = [sys.executable, "-m", f"benchmarks.{script.stem}"]
        return subprocess.run(command, cwd=ROOT, timeout=LONGEST, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        print(f"{script.stem} was stopped after {LONGEST} s.")
        return False


if __name__ == "__main__":
    main(sys.argv[1:])
