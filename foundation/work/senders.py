"""How each channel is spoken to: mail servers, robots of WeCom and DingTalk, an SMS gateway.

Knows protocols and settings; knows no table and keeps nothing. One call is one attempt. Sources: the robots' public
documentation (developer.work.weixin.qq.com 91770; open.dingtalk.com, custom robots, signing).
"""

import base64
import hashlib
import hmac
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib
import httpx

from foundation.base.settings import Settings

WECOM_BYTES = 2048  # of a text message's content
DINGTALK_BYTES = 20_000  # of the whole message
NO_SECOND_TRY = {"93000", "300001", "310000"}  # WeCom: no such robot; DingTalk: no such robot; signature or key word


class Channel(StrEnum):
    """Ways for a message to go."""

    MAIL = "mail"
    SMS = "sms"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


class Undelivered(Exception):  # noqa: N818 - an answer of the other side, not a fault of ours
    """The other side did not take the message; `final`: it never will."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it is sent; `message_id` is the same at every attempt."""

    id: int
    message_id: str
    channel: str
    recipient: str
    subject: str
    text: str
    attempts: int
    lease: str
    created_at: datetime


def channels_of(settings: Settings) -> frozenset[Channel]:
    """The channels that the settings name."""
    named = {
        Channel.MAIL: bool(settings.smtp_url and settings.mail_from),
        Channel.SMS: bool(settings.sms_url),
        Channel.WECOM: bool(settings.wecom_robot),
        Channel.DINGTALK: bool(settings.dingtalk_robot),
    }
    return frozenset(channel for channel, is_named in named.items() if is_named)


async def send(settings: Settings, letter: Letter, now: datetime) -> None:
    """Hand the message over, once. Raises `Undelivered`; returns only when the other side said that it took it."""
    if letter.channel not in channels_of(settings):
        raise Undelivered(f"no setting names {letter.channel} any more")
    match Channel(letter.channel):
        case Channel.MAIL:
            await _mail(settings, letter)
        case Channel.WECOM:
            await _robot(settings.wecom_robot, {}, letter, WECOM_BYTES)
        case Channel.DINGTALK:
            signed = dingtalk_sign(settings.dingtalk_secret, now) if settings.dingtalk_secret else {}
            await _robot(settings.dingtalk_robot, signed, letter, DINGTALK_BYTES)
        case Channel.SMS:
            body = {"id": letter.message_id, "phone": letter.recipient, "text": letter.text}
            await _posted(settings.sms_url, {}, body, letter)


# -- mail --------------------------------------------------------------------------------------------------------


async def _mail(settings: Settings, letter: Letter) -> None:
    server = urlsplit(settings.smtp_url)
    user, password = unquote(server.username or ""), unquote(server.password or "")
    try:
        message = _mail_message(settings.mail_from, letter)
    except (MessageError, ValueError, AttributeError, IndexError, TypeError) as error:  # what the library makes of it
        raise Undelivered(f"not sendable as mail: {error}", final=True) from error
    try:
        await aiosmtplib.send(
            message,
            hostname=server.hostname or "",
            port=server.port or (465 if server.scheme == "smtps" else 25),
            username=user or None,
            password=password or None,
            use_tls=server.scheme == "smtps",
            # A password goes through TLS or not at all; without one, TLS is used where the server offers it.
            start_tls=False if server.scheme == "smtps" else (True if user else None),
        )
    except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as refusal:
        codes = (
            [one.code for one in refusal.recipients]
            if isinstance(refusal, aiosmtplib.SMTPRecipientsRefused)
            else [refusal.code]
        )
        # 5xx is the server's last word, but for a password that is about to be corrected in the settings.
        final = all(code >= 500 for code in codes) and not isinstance(refusal, aiosmtplib.SMTPAuthenticationError)
        raise Undelivered(f"the mail server refused: {refusal}", final=final) from refusal
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Undelivered(f"the mail server cannot be reached: {error}") from error
    except (MessageError, ValueError, IndexError) as error:  # an address that no header can hold
        raise Undelivered(f"not sendable as mail: {error}", final=True) from error


def _mail_message(sender: str, letter: Letter) -> EmailMessage:
    domain = parseaddr(sender)[1].rpartition("@")[2] or "ganpo.invalid"
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = letter.created_at
    message["Message-ID"] = f"<{letter.message_id}@{domain}>"
    message["X-Ganpo-Message"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence answers it
    message.set_content(letter.text)
    return message


# -- robots and gateways -----------------------------------------------------------------------------------------


def dingtalk_sign(secret: str, now: datetime) -> dict[str, str]:
    """The two parameters that prove the secret: base64 of HMAC-SHA256 over "milliseconds, newline, secret"."""
    timestamp = str(round(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode()}


async def _robot(url: str, parameters: Mapping[str, str], letter: Letter, most: int) -> None:
    content = f"{letter.subject}\n{letter.text}".strip()
    answer = await _posted(url, parameters, {"msgtype": "text", "text": {"content": cut(content, most)}}, letter)
    code = str(answer.get("errcode", "")) if isinstance(answer, dict) else ""
    if code != "0":
        said = str(answer.get("errmsg", "")) if isinstance(answer, dict) else str(answer)
        raise Undelivered(f"the robot refused: {code} {said}", final=code in NO_SECOND_TRY)


async def _posted(url: str, parameters: Mapping[str, str], body: Any, letter: Letter) -> Any:
    """POST as JSON; answers the JSON that came back, or its text. Never follows a redirect: the text is private."""
    headers = {"x-ganpo-message": letter.message_id, "idempotency-key": letter.message_id}
    try:
        address = httpx.URL(url).copy_merge_params(parameters)
        async with httpx.AsyncClient(verify=_tls(), timeout=None) as client:  # noqa: S113 - the caller's patience counts
            answer = await client.post(address, json=body, headers=headers)
    except (httpx.HTTPError, OSError) as error:
        raise Undelivered(f"cannot be reached: {type(error).__name__}") from error  # never the address: it is a key
    except httpx.InvalidURL as error:
        raise Undelivered("the address in the settings is none") from error
    if not answer.is_success:
        final = answer.is_client_error and answer.status_code not in (401, 403, 404, 408, 425, 429)
        raise Undelivered(f"answered {answer.status_code}", final=final)
    try:
        return answer.json()
    except ValueError:
        return answer.text


@lru_cache
def _tls() -> ssl.SSLContext:
    """Reading all authorities takes a tenth of a second in which nobody else is served: once is enough."""
    return httpx.create_ssl_context()


def cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, ending in … where something is missing, never inside a character."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    return encoded[: most - len("…".encode())].decode(errors="ignore") + "…"
