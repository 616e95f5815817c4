"""Finds a Python that is new enough and lets it build `.venv`.

Must stay readable to old Pythons (2.7 on), so that they can say in one sentence what is missing.
The work itself is in environment.py.
"""

import os
import subprocess
import sys

NEEDED = (3, 11)
NEWER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def refusal(version):
    # type: (tuple[int, ...]) -> str
    """The sentence for a Python that is too old, or an empty one."""
    if version[:2] >= NEEDED:
        return ""
    return "Ganpo needs Python %d.%d or newer, this is %d.%d." % (NEEDED + version[:2])


def newer_python():
    # type: () -> str | None
    """A name on the PATH that answers as a new enough Python, or None.

    The name alone proves nothing: pyenv puts stand-ins there for versions that are not switched on.
    """
    ask = "import sys; sys.exit(0 if sys.version_info[:2] >= %r else 1)" % (NEEDED,)
    with open(os.devnull, "w") as nowhere:
        for name in NEWER_NAMES:
            try:
                answer = subprocess.call([name, "-c", ask], stdout=nowhere, stderr=nowhere)
            except OSError:
                continue
            if answer == 0:
                return name
    return None


def main():
    # type: () -> None
    sentence = refusal(sys.version_info[:2])
    if sentence:
        insisted = bool(os.environ.get("PYTHON"))
        other = None if insisted else newer_python()
        if other is None:
            hint = "" if insisted else " Install one, or name it: make PYTHON=/path/to/python3.12 setup"
            sys.exit(sentence + hint)
        os.execvp(other, [other, os.path.abspath(__file__)] + sys.argv[1:])
    sys.path.insert(0, ROOT)
    from tools import environment

    environment.main(sys.argv[1:], insisted=bool(os.environ.get("PYTHON")))


if __name__ == "__main__":
    main()
