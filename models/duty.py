"""Who of a shop's staff is rung, and whether aloud."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.roles import MAY
from models.shop import Member
from models.terms import schedule_of
from models.workflow import Action


def covered(staff: Sequence[Member]) -> bool:
    """Whether somebody is on shift who could take an order: a packer or an observer alone is nobody to rely on."""
    return any(member.on_shift and Action.TAKE in MAY[member.role] for member in staff)


def on_duty(staff: Sequence[Member]) -> Sequence[Member]:
    """Those on shift; everybody while the shift is not covered, since no order may ring nobody."""
    return [member for member in staff if member.on_shift] if covered(staff) else staff


def answering(staff: Sequence[Member], holder_id: int) -> Sequence[Member]:
    """Who hears about an order that somebody holds: the holder; those on duty while the holder is off shift, or is
    not among the staff; the holder all the same where the shift is not covered."""
    holding = [member for member in staff if member.id == holder_id]
    if any(member.on_shift for member in holding) or (holding and not covered(staff)):
        return holding
    return on_duty(staff)


def hushed(member: Member, now: datetime) -> bool:
    """Whether what comes for this member now comes without a sound: by their own wish, never later (house 8.6). Where
    there is no such thing, nobody can wish for it."""
    if not member.account.messenger.has_silence:
        return False
    if not member.sound:
        return True
    if member.quiet_from is None or member.quiet_until is None:
        return False
    local = now.astimezone(ZoneInfo(schedule_of(member.shop).zone))
    return quiet_at(local.hour * 60 + local.minute, member.quiet_from, member.quiet_until)


def quiet_at(minute: int, start: int, end: int) -> bool:
    """Whether a minute of the day lies from `start` on and before `end`, over midnight where that comes first."""
    return start <= minute < end if start < end else minute >= start or minute < end
