"""aiogram's models are built when first used (S7), each in a fresh interpreter: here aiogram is loaded already."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BUILT = """
import bot.messengers.deferred
import aiogram.types, aiogram.methods
names = [getattr(place, name) for place in (aiogram.types, aiogram.methods) for name in place.__all__]
models = [model for model in names if hasattr(model, "model_rebuild")]
built = [model.__name__ for model in models if model.__pydantic_complete__]
"""


def told(code: str) -> list[object]:
    """What `print(json.dumps(...))` at the end of the code says, in an interpreter of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: list[object] = json.loads(done.stdout)
    return found


def test_importing_aiogram_builds_hardly_a_type() -> None:
    types, methods, built = told(
        BUILT
        + """
import json
made = [name for name in built if hasattr(aiogram.types, name)]
print(json.dumps([len(aiogram.types.__all__), len(aiogram.methods.__all__), made]))
"""
    )
    assert isinstance(types, int)
    assert isinstance(methods, int)
    assert isinstance(built, list)
    assert types > 400
    assert methods > 150
    assert len(built) < 20, built


def test_every_type_and_method_can_still_be_built() -> None:
    left = told(
        BUILT
        + """
import json
for model in models:
    model.model_rebuild()
print(json.dumps([model.__name__ for model in models if not model.__pydantic_complete__]))
"""
    )
    assert left == []


def test_the_running_product_has_built_hardly_a_type(tmp_path: Path) -> None:
    """Whatever the product imports first: one stray import of a screen before `deferred` cost 110 MB and 3 s."""
    (built,) = told(f"""
import asyncio, json
from bot.app import App
from bot.config import Settings
from bot.logs import configure
configure("ERROR", "json")
settings = Settings(
    _env_file=None,
    bot_token="1:{"t" * 35}",
    telegram_api_url="http://127.0.0.1:9",
    database_url="sqlite+aiosqlite:///{tmp_path}/bot.db",
    secret_key="only-for-tests-only-for-tests-only",
    port=0,
)
async def live():
    app = App(settings)
    await app.start()
    await app.stop()
asyncio.run(live())
import aiogram.types
models = [getattr(aiogram.types, name) for name in aiogram.types.__all__]
print(json.dumps([len([one for one in models if getattr(one, "__pydantic_complete__", False)])]))
""")
    assert isinstance(built, int)
    assert built < 200  # of more than 400: what one Update needs, and no more


USES = {
    "an update": """
from aiogram.types import Update
person = {"id": 1, "is_bot": False, "first_name": "x"}
message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": person, "text": "x"}
query = {"id": "1", "from": person, "chat_instance": "1", "data": "d", "message": message}
used = Update.model_validate({"update_id": 1, "callback_query": query}).callback_query.message.text
""",
    "a call": """
from aiogram.methods import SendMessage
keys = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}
made = SendMessage(chat_id=1, text="x", reply_markup=keys)
used = made.model_dump()["reply_markup"]["inline_keyboard"][0][0]["callback_data"] and "x"
""",
    "an answer": """
from aiogram.methods.base import Response
from aiogram.types import Message
body = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
used = Response[Message].model_validate({"ok": True, "result": body}).result.text
""",
    "an answer that is a list or a word": """
from aiogram.methods.base import Response
from aiogram.types import Update
Response[bool].model_validate({"ok": True, "result": True})
used = "x" if Response[list[Update]].model_validate({"ok": True, "result": []}).result == [] else ""
""",
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_the_first_use_builds_what_it_needs(use: str) -> None:
    assert told(f"import bot.messengers.deferred\nimport json\n{use}\nprint(json.dumps([used]))") == ["x"]
