"""Lengths of time as people list them ("1:00, 1:30", "60 90 120", "1.5 h"), read tolerantly into minutes.

A number alone is minutes. The words of hours and minutes are data: `settings_words.toml`.
"""

import re
from enum import StrEnum

from models.days_text import words_table

_LONGEST_FRAGMENT = 60
_LONGEST_NUMBER = 5  # digits: what is longer is no length of time
_TOKEN = re.compile(
    r"""(?P<clock>[0-9]{1,3}[:.][0-9]{2}(?![0-9]))
      | (?P<half>[0-9]{1,3}[.,][0-9](?=\s*[^\W\d_]))
      | (?P<number>[0-9]+)
      | (?P<word>[^\W\d_]+)
      | (?P<gap>[\s,;./|+-]+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


class StepsProblem(StrEnum):
    EMPTY = "empty"
    UNREADABLE = "unreadable"  # fragment


class StepsError(ValueError):
    """No list of lengths. Words for people are elsewhere."""

    def __init__(self, kind: StepsProblem, **facts: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


def read_steps(text: str) -> list[int]:
    """Minutes in ascending order, each once. Raises StepsError."""
    table = words_table()
    found: list[int] = []
    tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup != "gap"]
    at, after_hours = 0, False
    while at < len(tokens):
        token, kind = tokens[at], tokens[at].lastgroup
        unit = (
            tokens[at + 1][0].lower() if at + 1 < len(tokens) and tokens[at + 1].lastgroup == "word" else ""
        )
        if kind == "word" and token[0].lower() in table["and"]:
            at += 1
            continue
        if kind not in ("clock", "half", "number") or len(token[0]) > _LONGEST_NUMBER:
            raise _unreadable(text, token.start())
        hours = unit in table["hours"]
        if kind == "clock" and not hours and int(token[0][-2:]) > 59:
            raise _unreadable(text, token.start())
        if kind == "half" and not hours:
            raise _unreadable(text, token.start())
        minutes = _minutes(token[0], kind, hours=hours)
        if after_hours and unit in table["minutes"]:
            found[-1] += minutes  # "1 h 30 min" is one length
        else:
            found.append(minutes)
        known = hours or unit in table["minutes"]
        after_hours = hours
        at += 2 if known else 1
    if not found:
        raise StepsError(StepsProblem.EMPTY)
    return sorted(set(found))


def _minutes(said: str, kind: str, *, hours: bool) -> int:
    if kind == "number":
        return int(said) * (60 if hours else 1)
    whole, rest = re.split("[:.,]", said)
    if kind == "half":
        return int(whole) * 60 + int(rest) * 6
    return int(whole) * 60 + int(rest)


def _unreadable(text: str, start: int) -> StepsError:
    return StepsError(StepsProblem.UNREADABLE, fragment=text[start : start + _LONGEST_FRAGMENT].strip())
