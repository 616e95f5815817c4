"""The settings of one registry, read once from the environment.

Knows the names of the variables and their defaults; opens nothing and creates nothing.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is and how the registry presents itself.

    `home` holds everything that must be kept (database, uploads, heads of the ledger); `database_url` is
    `sqlite:///PATH` or `postgresql://…`; `zone` is the zone in which times are shown; `public_url` is the address
    at which people reach the registry, and where it is https, cookies are kept to it; `proxies` says how many reverse
    proxies of ours stand in front, whose word on where a request came from is believed.
    """

    home: Path
    database_url: str
    zone: str = "Asia/Shanghai"
    public_url: str = ""
    log_level: str = "info"
    proxies: int = 0
    read_connections: int = 4

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read `GANPO_HOME`, `DATABASE_URL`, `GANPO_ZONE`, `GANPO_PUBLIC_URL`, `GANPO_LOG_LEVEL`, `GANPO_PROXIES`."""
        env = os.environ if env is None else env
        home = Path(env.get("GANPO_HOME") or "var").absolute()
        return cls(
            home=home,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{home / 'ganpo.sqlite3'}",
            zone=env.get("GANPO_ZONE") or "Asia/Shanghai",
            public_url=(env.get("GANPO_PUBLIC_URL") or "").rstrip("/"),
            log_level=env.get("GANPO_LOG_LEVEL") or "info",
            proxies=int(proxies) if (proxies := env.get("GANPO_PROXIES", "")).isdecimal() else 0,
        )
