"""What /help and the menu of commands say to whom: by what the person may do in any of their shops, and as a buyer."""

from collections.abc import Sequence

from aiogram.types import BotCommand

from bot.l10n import Words
from keyboards.screen import Screen
from models.faces import Faces
from models.people import Messenger
from models.roles import Ability
from models.workflow import Action


def help_screen(faces: Faces, words: Words, messenger: Messenger) -> Screen:
    """Only what this person can do there; the union of several roles."""
    if not faces.roles:
        return Screen(
            "\n\n".join((words("help-buyer" if faces.buyer else "buyer-no-orders"), words("help-language")))
        )
    lines = [*_work(faces, words), words("help-lists")]
    lines.append(words("help-search" if faces.can(Ability.SEE_BUYER) else "help-search-number"))
    if faces.may(Action.TAKE):
        lines.append(words("help-typed"))
    elif faces.may(Action.SHIP):
        lines.append(words("help-typed-packer"))
    if faces.can(Ability.CREATE):
        lines.append(words("help-new"))
    if messenger.has_silence:
        lines.append(words("help-owner" if faces.can(Ability.SETTINGS) else "help-own"))
    else:
        lines.append(words("help-owner-viber" if faces.can(Ability.SETTINGS) else "help-own-viber"))
    lines += [words("help-language"), words("help-cancel")]
    if faces.buyer:
        lines.append(words("help-buyer"))
    return Screen("\n\n".join(lines))


def _work(faces: Faces, words: Words) -> list[str]:
    if faces.may(Action.TAKE):
        return [words("help-seller")]
    return [words("help-packer" if faces.may(Action.SHIP) else "help-observer")]


_EVERYBODY = ("start", "help", "language", "stop", "forget")
_BUYERS = ("stop", "forget")


def commands(faces: Faces, words: Words) -> list[BotCommand]:
    """The menu of a chat, the most used first."""
    if not faces.roles:
        names: Sequence[str] = _EVERYBODY
    else:
        new = ("new",) if faces.can(Ability.CREATE) else ()
        names = ("orders", *new, "settings", "help", "language", "cancel", *(_BUYERS if faces.buyer else ()))
    return [BotCommand(command=name, description=words(f"command-{name}")) for name in names]
