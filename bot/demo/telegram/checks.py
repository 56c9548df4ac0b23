"""Every request against the Bot API's own list of methods and types, compiled once for each method that is
called.

Telegram ignores a parameter that it does not know; here it is a violation, because it is always somebody's
mistake.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.demo.telegram.errors import Refusal, bad
from bot.demo.telegram.shapes import Check, Mismatch, Upload, either, from_json, spec
from bot.demo.violations import Violation

__all__ = ["Violation", "names", "read"]

NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
YES, NO = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})

# What the real server says when the parameter is missing; the others get a sentence of ours.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "from_chat_id": "chat_id is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "user_id": "invalid user_id specified",
    "file_id": "invalid file_id specified",
    "action": "wrong parameter action in request",
}
JSON_NAMES = {"reply_markup": "reply keyboard markup", "entities": "entities"}


@cache
def names() -> dict[str, str]:
    """Method names as the server takes them: in any case of letters."""
    return {name.lower(): name for name in spec()["methods"]}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    types: tuple[str, ...]
    check: Check

    def read(self, value: Any) -> Any:
        """A value as it came: a string out of a form, or whatever JSON held."""
        if isinstance(value, str):
            value = self.decoded(value)
        return self.check(value, self.name)

    def decoded(self, value: str) -> Any:
        if "Number" in self.types and (number := as_number(value)) is not None:
            return number
        if "String" in self.types or "InputFile" in self.types:
            return value
        if self.types == ("Boolean",):
            return True if value.lower() in YES else False if value.lower() in NO else value
        if self.types == ("Number",):
            return value
        try:
            return from_json(value)
        except UnicodeError:
            raise bad("strings must be encoded in UTF-8") from None
        except ValueError:
            what = JSON_NAMES.get(self.name, self.name)
            raise bad(f"can't parse {what} JSON object") from None


def as_number(value: str) -> int | float | None:
    if not NUMBER.fullmatch(value):
        return None
    return float(value) if "." in value else int(value)


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    parameters: dict[str, Parameter]
    required: tuple[str, ...]

    def read(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The parameters as Python values; raises Mismatch, or Refusal where Telegram has a sentence."""
        for name in self.required:
            if name not in raw:
                raise Mismatch(name, MISSING.get(name, f"parameter {name} is required"))
        read = {}
        for name, value in raw.items():
            if name in self.parameters:
                read[name] = attached(self.parameters[name].read(value), raw, name)
            elif not isinstance(value, Upload):
                raise Mismatch(name, f"{self.name} has no parameter {name}")
            elif f"attach://{name}" not in str(raw.values()):
                raise Mismatch(name, f"no parameter mentions the file attach://{name}")
        return read


def attached(value: Any, raw: dict[str, Any], parameter: str) -> Any:
    """The file itself where a parameter, or the `media` of an object in it, says `attach://name`."""
    if isinstance(value, dict) and "media" in value:
        return {**value, "media": attached(value["media"], raw, f"{parameter}.media")}
    if not isinstance(value, str) or not value.startswith("attach://"):
        return value
    upload = raw.get(value.removeprefix("attach://"))
    if not isinstance(upload, Upload):
        raise Mismatch(parameter, f"the file {value} did not come with the request")
    return upload


@cache
def method(name: str) -> Method:
    fields = spec()["methods"][name]["fields"]
    parameters = {
        f["name"]: Parameter(f["name"], tuple(f["types"]), either(tuple(f["types"]))) for f in fields
    }
    return Method(name, parameters, tuple(f["name"] for f in fields if f["required"]))


def read(name: str, raw: dict[str, Any], violations: list[Violation]) -> dict[str, Any]:
    """The request's parameters, checked; whatever is wrong is noted among the violations and refused."""
    try:
        return method(name).read(raw)
    except Mismatch as mismatch:
        violations.append(Violation(name, mismatch.path, mismatch.problem))
        told = (
            mismatch.problem
            if mismatch.path in raw or "." not in mismatch.path
            else f"{mismatch.path}: {mismatch.problem}"
        )
        raise bad(told) from None
    except Refusal as refusal:
        violations.append(Violation(name, "", refusal.description))
        raise
