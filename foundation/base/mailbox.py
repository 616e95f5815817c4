"""Addresses of mailboxes, as far as anything of ours writes to them. Pure."""

import re

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
LONGEST = 254


def is_mailbox(text: str) -> bool:
    """Whether it is an address that a mail's head can hold: plain local part, a domain with a dot."""
    return len(text) <= LONGEST and _MAILBOX.fullmatch(text) is not None
