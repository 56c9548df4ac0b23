"""A request's body: read within a size and a time, taken for JSON only where it is JSON to the letter."""

import asyncio
import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from math import inf

from aiohttp import hdrs, web
from aiohttp.web_protocol import RequestPayloadError

from handlers.web.problems import Problem

DEPTH = 32
_JSON_TYPE = re.compile(r'application/json[ \t]*(?:;[ \t]*charset="?utf-?8"?[ \t]*)?', re.IGNORECASE)


class NotJson(ValueError):
    """Bytes that RFC 8259 read strictly does not allow; says where, never what."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose nulls are left out: to us null and absent are one and the same."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise NotJson("a name stands twice in one object")
    return {key: value for key, value in pairs if value is not None}


def _whole(digits: str) -> int | float:
    """An int of a sane length. A longer one is JSON, too, but no field of ours takes the infinity given."""
    return int(digits) if len(digits) <= 24 else inf


def _fraction(digits: str) -> int | float | Decimal:
    """What was written, not the nearest double. 2.0 and 2e1 are whole numbers, as in JSON Schema."""
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return inf
    if number.adjusted() < 24 and number == number.to_integral_value():
        return int(number)
    return number


def _constant(_: str) -> object:
    raise NotJson("NaN and Infinity are not JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=_constant
)


def _inside(things: list[object]) -> Iterator[object]:
    for thing in things:
        if isinstance(thing, dict):
            yield from thing.values()
        elif isinstance(thing, list):
            yield from thing


def _too_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEPTH):
        level = [thing for thing in _inside(level) if isinstance(thing, dict | list)]
        if not level:
            return False
    return True


def strict_json(raw: bytes) -> object:
    """The value of a body. Raises NotJson."""
    try:
        value: object = _decoder.decode(raw.decode())
    except UnicodeDecodeError:
        raise NotJson("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise NotJson(f"deeper than {DEPTH} levels") from None
    if raw.count(b"{") + raw.count(b"[") > DEPTH and _too_deep(value):
        raise NotJson(f"deeper than {DEPTH} levels")
    return value


async def read(request: web.Request, *, most: int, seconds: float) -> bytes:
    """The body's bytes. Raises Problem: 400 cut short, 408 too slow, 413 too large, announced or not."""
    declared = request.content_length
    if declared is not None and declared > most:
        raise Problem(413, f"At most {most} bytes", closes=True)
    try:
        if request.content.is_eof():  # it came along with the head: no need for a timer
            return await request.read()
        async with asyncio.timeout(seconds):
            return await request.read()
    except TimeoutError:
        raise Problem(408, f"The body did not arrive within {seconds:g} s", closes=True) from None
    except (RequestPayloadError, ConnectionError):
        raise Problem(400, "The body was cut short", closes=True) from None


async def read_json(request: web.Request, *, most: int, seconds: float) -> dict[str, object]:
    """The JSON object of a request's body. Raises Problem as `read`, 400 not JSON, 415, 422 no object."""
    headers = request.headers
    kind = headers.get(hdrs.CONTENT_TYPE, "")
    if (
        kind != "application/json" and _JSON_TYPE.fullmatch(kind) is None
    ) or hdrs.CONTENT_ENCODING in headers:
        raise Problem(415, "Send application/json in UTF-8, not compressed")
    raw = await read(request, most=most, seconds=seconds)
    try:
        value = strict_json(raw)
    except NotJson as error:
        raise Problem(400, str(error)) from None
    if not isinstance(value, dict):
        raise Problem(422, errors=[{"path": "", "message": "Input should be an object"}])
    return value
