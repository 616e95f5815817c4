"""The `ganpo` command: finds the subcommand and hands it the rest.

Knows names and one line on each; what a command does is a module of its own, imported when it is called, so that
`ganpo tabulate` does not wait for a web framework.
"""

import sys
from importlib import import_module
from typing import Final

COMMANDS: Final = {
    # name: (module, function of list[str] -> exit status, one line for --help)
    "tabulate": ("ganpo.cli_tabulation", "tabulate", "compute standings from a scheme and marks"),
    "verify": ("ganpo.cli_tabulation", "verify", "recompute a published results bundle"),
    "serve": ("ganpo.cli_serve", "serve", "serve the registry"),
    "demo": ("ganpo.cli_demo", "demo", "fill an empty database with a made-up province"),
    "migrate": ("ganpo.cli_migrate", "migrate", "bring the database up to date"),
    "account": ("ganpo.cli_account", "account", "create an account"),
    "ledger": ("ganpo.cli_ledger", "ledger", "verify the ledger, write its heads"),
    "media": ("ganpo.cli_media", "media", "uploaded files: sweep away what nothing uses"),
    "text": ("ganpo.cli_text", "text", "what can be searched: check, refresh, rebuild"),
    "keys": ("ganpo.cli_keys", "keys", "the keys that seal ID numbers and telephones: show, rotate, drop"),
}

USAGE_ERROR: Final = 2
INTERRUPTED: Final = 130


def main() -> int:
    """Run one subcommand with the arguments after its name; the result is the exit status."""
    name, *rest = sys.argv[1:] or ["--help"]
    if name in ("-h", "--help", "help"):
        sys.stdout.write(_help())
        return 0
    if name not in COMMANDS:
        sys.stderr.write(f"ganpo: there is no command {name!a}; see ganpo --help\n")
        return USAGE_ERROR
    module, function, _ = COMMANDS[name]
    try:
        status: int = getattr(import_module(module), function)(rest)
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {about}" for name, (_, _, about) in COMMANDS.items()]
    return "\n".join(["usage: ganpo COMMAND [...]", "", *lines, "", "ganpo COMMAND --help says more.", ""])


if __name__ == "__main__":
    sys.exit(main())
