"""How a call with files goes out, and what an answer says that cannot be modelled."""

import json
from typing import Any

from aiogram import Bot
from aiogram.types import BufferedInputFile, InputFile
from aiohttp import FormData

from models.file import About


class FileAbout(BufferedInputFile):
    """A file that tells of somebody. Whoever keeps it asks whether they are forgotten by now."""

    def __init__(self, content: bytes, name: str, about: About) -> None:
        super().__init__(content, name)
        self.about = about


async def form(fields: dict[str, Any], files: dict[str, InputFile], bot: Bot) -> FormData:
    form = FormData(quote_fields=False)
    for key, value in fields.items():
        form.add_field(key, value if isinstance(value, str) else json.dumps(value))
    for key, file in files.items():
        content = b"".join([chunk async for chunk in file.read(bot)])
        form.add_field(key, content, filename=file.filename or key)
    return form


def says_ok(body: bytes) -> bool:
    """Whether an answer that could not be modelled says all the same that the call was accepted."""
    return body.lstrip().startswith(b"{") and b'"ok":true' in body.replace(b" ", b"")
