"""What an SMTP server said, in the outbox's bits (RFC 5321 4.2.3, RFC 3463). Its words are never repeated."""

import re
import ssl

import aiosmtplib

from bot.messengers.base import Undeliverable
from bot.messengers.oneway import ACCOUNT_PAUSE

_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b")


def sorted_fault(error: Exception, *, handed: bool) -> Undeliverable:
    """`handed`: the mail itself was on its way, so that a silence after it says nothing."""
    match error:
        case aiosmtplib.SMTPAuthenticationError() if error.code >= 500:
            return _account("smtp_unauthorised")
        case aiosmtplib.SMTPSenderRefused() if error.code >= 500:
            # 530 and its like: the server wants a user first.
            return _account("smtp_unauthorised" if error.code in (530, 535) else "smtp_sender")
        case aiosmtplib.SMTPRecipientRefused() if error.code >= 500:
            return _recipient(error.code, str(error.message))
        case aiosmtplib.SMTPConnectError() | aiosmtplib.SMTPHeloError():
            return Undeliverable("unreachable", away=True)
        case aiosmtplib.SMTPResponseException() if error.code >= 500:
            return Undeliverable("refused")
        case aiosmtplib.SMTPResponseException():
            return Undeliverable("unreachable", away=True)
        case aiosmtplib.SMTPServerDisconnected() | aiosmtplib.SMTPTimeoutError():
            return Undeliverable("unreachable", ambiguous=handed, away=not handed)
        case aiosmtplib.SMTPException() | ssl.SSLError():
            # No STARTTLS where a password needs it, or a certificate that is not the server's.
            return _account("smtp_no_tls")
    if isinstance(error, OSError):
        return Undeliverable("unreachable", ambiguous=handed, away=not handed)
    return Undeliverable("refused")


def _account(reason: str) -> Undeliverable:
    return Undeliverable(reason, pause=ACCOUNT_PAUSE)


def _recipient(code: int, said: str) -> Undeliverable:
    """550 is said of mailboxes that are not there, and of senders that are not liked; the longer code tells which."""
    if code == 530:
        return _account("smtp_unauthorised")
    longer = _ENHANCED.search(said)
    if longer is not None and longer[2] == "7":
        return Undeliverable("refused")
    if code == 552 or (longer is not None and longer.group(2, 3) == ("2", "2")):
        return Undeliverable("mailbox_full", away=True)
    if code in (550, 551, 553) or (longer is not None and longer[2] == "1"):
        return Undeliverable("no_mailbox", for_good=True)
    return Undeliverable("refused")
