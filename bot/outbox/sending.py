"""One message on its way: sent anew, or drawn anew where it hangs; and its failure in one word for those who count."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy.orm import Session, undefer

from bot.messengers.base import Channel, Media, MediaChannel, Sent, Undeliverable
from bot.recipients import RULES
from keyboards.notices import Matter
from keyboards.screen import Screen
from models.file import File


def media_of(session: Session, file_id: int) -> Media | None:
    """The file that a screen names; None where it has gone meanwhile."""
    file = session.get(File, file_id, options=[undefer(File.content)])
    if file is None or not file.content:
        return None
    return Media(file.kind, file.name, file.mime, file.content, file.token)


async def send(channel: Channel, group: Sequence[Matter], screen: Screen, media: Media | None = None) -> Sent:
    """What hangs already and is told by being drawn anew is edited while it is there. Raises Undeliverable."""
    row = group[0].row
    chat = row.chat or ""
    if RULES[row.kind].redrawn and row.message_id is not None:
        try:
            return Sent(await channel.edit(chat, row.message_id, screen.text, screen.markup))
        except Undeliverable as fault:
            if not fault.gone:
                raise
    silent = all(matter.silent for matter in group)
    if media is not None and isinstance(channel, MediaChannel):
        return await channel.send_media(chat, media, screen.text, screen.markup, silent=silent)
    return await channel.send(chat, screen.text, screen.markup, silent=silent, once=once(group))


def once(group: Sequence[Matter]) -> str:
    """The name of one message: the same at each try of the same rows, and never again for any other.

    It names all that the message tells, since a repeat may have gathered more by then, and that must not be taken
    for sent. Another database counts from 1 again, hence the moment; what replaces an earlier message is a new one.
    """
    told = [(matter.row.id, matter.row.created_at.isoformat(), matter.row.message_id) for matter in group]
    return f"ob-{sha256(repr(told).encode()).hexdigest()[:24]}"


def outcome(fault: Undeliverable) -> str:
    """`later`, `lost` where nobody is there, `refused`."""
    if fault.ambiguous or fault.away or fault.pause is not None or fault.moved_to is not None:
        return "later"
    return "lost" if fault.for_good else "refused"
