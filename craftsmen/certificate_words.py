"""What stands on the certificate of an honour, as papers of the field say it. Pure; Chinese, for the paper is.

授予, 命名, 认定, 发布, 选树: the verb is the title's custom, and 追授 where the honour was conferred posthumously.
"""

from collections.abc import Mapping
from datetime import date

from craftsmen.rules.honours import Holder, PartialDate, Verb
from foundation.process.rules.certificates import Words

_SAID: Mapping[Verb, str] = {
    Verb.CONFER: "授予“{}”称号",
    Verb.NAME: "命名为“{}”",
    Verb.RECOGNISE: "认定为“{}”",
    Verb.RELEASE: "发布为“{}”",
    Verb.SELECT: "选树为“{}”",
}
_POSTHUMOUS = "追授“{}”称号"
LONGEST_REASON = 500


def certificate_words(  # noqa: PLR0917 - a certificate is all of these
    name: str, holder: Holder, title: str, verb: Verb, body: str, document: str, issued_on: date, *, posthumous: bool
) -> Words:
    """The words of one certificate. A person is named 龚䶮 同志, a team by its name alone."""
    said = (_POSTHUMOUS if posthumous else _SAID[verb]).format(title)
    return Words(
        name=f"{name} 同志" if holder is Holder.PERSON else name,
        words=f"{said}。\n特发此证。",
        body=body,
        issued_on=issued_on,
        document=document,
    )


def printed_day(on: PartialDate, otherwise: date) -> date:
    """The day that a certificate bears: that of the honour, or `otherwise` where no day is known."""
    return on.first_day if on.day is not None else otherwise


def public_reason(reason: str) -> str:
    """A reason of an honour as its certificate keeps it, which keeps less."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[: LONGEST_REASON - 1]}…"
