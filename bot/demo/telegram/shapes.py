"""The types of the Bot API, each compiled into a check when it is first needed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SPEC = Path(__file__).parent / "spec" / "telegram-bot-api-10.3.json"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    filename: str
    content_type: str
    data: bytes


class Mismatch(Exception):
    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem


# Takes a value and its path; returns the value as Python sees it, or raises Mismatch.
Check = Callable[[Any, str], Any]


@cache
def spec() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return loaded


def from_json(text: str) -> Any:
    """The parsed value; a ValueError for what is no JSON, too deep, or holds half a surrogate pair."""
    try:
        parsed = json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None
    if "\\ud" in text.lower():
        json.dumps(parsed, ensure_ascii=False).encode()
    return parsed


def a_string(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise Mismatch(path, f"a string was expected, not {kind_of(value)}")
    return value


def a_number(value: Any, path: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Mismatch(path, f"a number was expected, not {kind_of(value)}")
    return value


def a_boolean(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise Mismatch(path, f"true or false was expected, not {kind_of(value)}")
    return value


def truth(value: Any, path: str) -> bool:
    if value is not True:
        raise Mismatch(path, f"only true is possible, not {kind_of(value)}")
    return True


def a_file(value: Any, path: str) -> Upload | str:
    if isinstance(value, Upload):
        return value
    if isinstance(value, str) and value.startswith("attach://"):
        return value
    raise Mismatch(path, f"a file was expected, not {kind_of(value)}")


SCALARS: dict[str, Check] = {
    "String": a_string,
    "Number": a_number,
    "Boolean": a_boolean,
    "True": truth,
    "InputFile": a_file,
}


def kind_of(value: Any) -> str:
    if value is None:
        return "null"
    return {
        str: "a string",
        bool: "a boolean",
        int: "a number",
        float: "a number",
        list: "an array",
        dict: "an object",
    }.get(type(value), "a file")


@cache
def check_of(name: str) -> Check:
    """The check for a type by its name in the description, e.g. `Array of Array of InlineKeyboardButton`."""
    if name in SCALARS:
        return SCALARS[name]
    if name.startswith("Array of "):
        return array_of(check_of(name.removeprefix("Array of ")))
    described = spec()["types"][name]
    if subtypes := described.get("subtypes"):
        return either(tuple(subtypes))
    return object_of(name, described["fields"])


def array_of(item: Check) -> Check:
    def check(value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise Mismatch(path, f"an array was expected, not {kind_of(value)}")
        return [item(one, f"{path}[{index}]") for index, one in enumerate(value)]

    return check


def object_of(name: str, fields: list[dict[str, Any]]) -> Check:
    types = {field["name"]: tuple(field["types"]) for field in fields}
    required = tuple(field["name"] for field in fields if field["required"])

    def check(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Mismatch(path, f"an object ({name}) was expected, not {kind_of(value)}")
        for field in required:
            if field not in value:
                raise Mismatch(f"{path}.{field}", f"{name} needs it")
        checked = {}
        for field, inner in value.items():
            if field not in types:
                raise Mismatch(f"{path}.{field}", f"{name} has no such field")
            checked[field] = either(types[field])(inner, f"{path}.{field}")
        return checked

    return check


@cache
def either(types: tuple[str, ...]) -> Check:
    """Any of the types; what is wrong is told by the one that got furthest."""
    if len(types) == 1:
        only = types[0]
        return lambda value, path: check_of(only)(value, path)

    def check(value: Any, path: str) -> Any:
        nearest: Mismatch | None = None
        for name in types:
            try:
                return check_of(name)(value, path)
            except Mismatch as mismatch:
                if nearest is None or depth(mismatch) > depth(nearest):
                    nearest = mismatch
        assert nearest is not None
        raise nearest

    return check


def depth(mismatch: Mismatch) -> tuple[int, bool]:
    return mismatch.path.count(".") + mismatch.path.count("["), "needs it" not in mismatch.problem
