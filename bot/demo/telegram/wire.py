"""Requests as the Bot API takes them, answers as it gives them, and the ways in which both break."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.demo.breaking import garbled, reset
from bot.demo.telegram.errors import Refusal, bad
from bot.demo.telegram.faults import REFUSALS, Fault, Kind
from bot.demo.telegram.shapes import Upload, from_json

__all__ = ["accepted", "answer", "broken", "parameters", "refused", "reset"]


async def parameters(request: web.Request) -> dict[str, Any]:
    """All parameters of a request, from the query string and the body; files as Upload."""
    raw: dict[str, Any] = dict(request.query)
    if request.method != "POST" or not request.body_exists:
        return raw
    if request.content_type == "multipart/form-data":
        return raw | await multipart(request)
    body = await request.read()
    try:
        if request.content_type == "application/json":
            return raw | as_object(body)
        return raw | dict(
            parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=200)
        )
    except UnicodeError:
        raise bad("strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad("can't parse the request's body") from None


def as_object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    parsed = from_json(body.decode())
    if not isinstance(parsed, dict):
        raise ValueError("an object was expected")  # noqa: TRY004 - the body is wrong, not our types
    return {name: value for name, value in parsed.items() if value is not None}


async def multipart(request: web.Request) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad("can't parse the request's body")
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            try:
                raw[part.name] = data.decode()
            except UnicodeDecodeError:
                raise bad("strings must be encoded in UTF-8") from None
        else:
            raw[part.name] = Upload(
                part.filename, part.headers.get("Content-Type", "application/octet-stream"), data
            )
    return raw


def answer(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/json")


def accepted(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}, ensure_ascii=False, separators=(",", ":")).encode()


def refused(refusal: Refusal) -> bytes:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


async def broken(request: web.Request, fault: Fault, body: bytes, status: int) -> web.StreamResponse:
    """What a fault makes out of the answer."""
    if fault.kind in REFUSALS:
        code, sentence = REFUSALS[fault.kind]
        more = {"retry_after": fault.retry_after} if fault.kind is Kind.TOO_MANY else {}
        return answer(refused(Refusal(code, sentence.format(retry_after=fault.retry_after), more)), code)
    return await garbled(request, fault, body, status)
