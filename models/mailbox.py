"""The address to which a shop is written when nobody of it can be told in a chat."""

import re

from models.errors import NotAllowed

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,40}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
LONGEST = 64


def read_mailbox(text: str) -> str:
    """An address as a person types it: plain letters, a domain with a dot. Raises NotAllowed(bad_mail)."""
    mail = text.strip().removeprefix("mailto:")
    if len(mail) > LONGEST or _MAILBOX.fullmatch(mail) is None:
        raise NotAllowed("bad_mail")
    return mail
