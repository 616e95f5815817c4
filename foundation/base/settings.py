"""The settings of one registry, read once from the environment.

Knows the names of the variables and their defaults; opens nothing and creates nothing.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PRINTS_DAYS = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is and how the registry presents itself.

    `home` holds everything that must be kept (database, uploads, heads of the ledger); `database_url` is
    `sqlite:///PATH` or `postgresql://…`; `zone` is the zone in which times are shown; `public_url` is the address
    at which people reach the registry, and where it is https, cookies are kept to it; `proxies` says how many reverse
    proxies of ours stand in front, whose word on where a request came from is believed; `keys` are what seals private
    fields, where they shall not stand in a file of `home`.

    Where messages go out, each as far as it is named: `smtp_url` (`smtp://…` or `smtps://user:password@host:465`)
    with `mail_from`, the addresses of robots of WeCom and DingTalk (with its secret), and an SMS gateway's address.

    `prints_days` is how many days what was made to be printed (meeting books, certificates) is kept; it can be made
    again at any time.
    """

    home: Path
    database_url: str
    zone: str = "Asia/Shanghai"
    public_url: str = ""
    log_level: str = "info"
    proxies: int = 0
    read_connections: int = 4
    keys: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    wecom_robot: str = field(default="", repr=False)
    dingtalk_robot: str = field(default="", repr=False)
    dingtalk_secret: str = field(default="", repr=False)
    sms_url: str = field(default="", repr=False)
    prints_days: int = PRINTS_DAYS

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read `GANPO_HOME`, `DATABASE_URL`, `GANPO_ZONE`, `GANPO_PUBLIC_URL`, `GANPO_LOG_LEVEL`, `GANPO_PROXIES`,
        `GANPO_KEYS`; for messages `GANPO_SMTP_URL`, `GANPO_MAIL_FROM`, `GANPO_WECOM_ROBOT`, `GANPO_DINGTALK_ROBOT`,
        `GANPO_DINGTALK_SECRET`, `GANPO_SMS_URL`; and `GANPO_PRINTS_DAYS`."""
        env = os.environ if env is None else env
        home = Path(env.get("GANPO_HOME") or "var").absolute()
        return cls(
            home=home,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{home / 'ganpo.sqlite3'}",
            zone=env.get("GANPO_ZONE") or "Asia/Shanghai",
            public_url=(env.get("GANPO_PUBLIC_URL") or "").rstrip("/"),
            log_level=env.get("GANPO_LOG_LEVEL") or "info",
            proxies=int(proxies) if (proxies := env.get("GANPO_PROXIES", "")).isdecimal() else 0,
            keys=env.get("GANPO_KEYS", "").strip(),
            smtp_url=env.get("GANPO_SMTP_URL", "").strip(),
            mail_from=env.get("GANPO_MAIL_FROM", "").strip(),
            wecom_robot=env.get("GANPO_WECOM_ROBOT", "").strip(),
            dingtalk_robot=env.get("GANPO_DINGTALK_ROBOT", "").strip(),
            dingtalk_secret=env.get("GANPO_DINGTALK_SECRET", "").strip(),
            sms_url=env.get("GANPO_SMS_URL", "").strip(),
            prints_days=max(1, int(days)) if (days := env.get("GANPO_PRINTS_DAYS", "")).isdecimal() else PRINTS_DAYS,
        )
