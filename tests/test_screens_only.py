"""Handlers draw through `handlers/screens.py` alone, and what they draw fits every messenger (facts: viber, 4).

Viber can draw nothing anew and take nothing away, a press there names no message's words, and a button's data is typed
text: so none of that may be what a handler rests on. The syntax trees of all handlers and keyboards are walked.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HANDLERS = sorted((ROOT / "handlers").rglob("*.py"))
KEYBOARDS = sorted((ROOT / "keyboards").glob("*.py"))

DOORS = {
    "screens.py": ("send_", "edit_", "delete_", "answer", "forward", "copy_"),
    "menus.py": ("delete_my_commands",),  # a chat's menu is drawn nowhere in the chat
    "waiting.py": ("send_chat_action",),  # "typing" is a hint, and nothing where there is no such thing
}
"""What each of these alone may call, by the beginnings of names."""
DRAWING = ("send_", "edit_", "delete_", "forward", "copy_", "pin_", "unpin_", "reply", "answer_")
TELEGRAMS_OWN = ("answer",)
"""Methods of a message or a press that answer it."""


def calls(path: Path) -> Iterator[tuple[int, str, ast.expr]]:
    """Line, method and its object of every call of an awaited method."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call):
            function = node.value.func
            if isinstance(function, ast.Attribute):
                yield function.lineno, function.attr, function.value


def drawn_in(path: Path) -> list[str]:
    """The places of a file that draw in a chat by themselves."""
    mine = DOORS.get(path.name, ()) if path.parent.name == "handlers" else ()
    return [
        f"{path.name}:{line} {name}"
        for line, name, on in calls(path)
        if (name.startswith(DRAWING) or (name in TELEGRAMS_OWN and _is_event(on)))
        and not name.startswith(mine or ("\0",))
        and not _is_ours(on)
    ]


def _is_event(on: ast.expr) -> bool:
    return isinstance(on, ast.Name) and on.id in ("message", "query", "event", "update", "callback")


def _is_ours(on: ast.expr) -> bool:
    """Use cases may be called what they like: `orders.forward(...)` sends nothing."""
    return isinstance(on, ast.Name) and on.id in ("orders", "shops", "people", "groups", "cards", "letters")


def words_read_off(path: Path) -> list[str]:
    """Where a file reads what stands in the message under a press: elsewhere nobody knows it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("text", "caption", "html_text", "reply_markup", "entities")
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "message"
        ):
            found.append(f"{path.name}:{node.lineno} .message.{node.attr}")
    return found


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_handler_draws_through_the_screens_alone(path: Path) -> None:
    if path.parent.name == "web":
        return  # doors of HTTP: no chat is near
    assert drawn_in(path) == []
    assert words_read_off(path) == []


def test_no_row_of_buttons_is_longer_than_three() -> None:
    """One thumb, and six columns: what is written out in one row, and how wide `rows` is told to be."""
    found = []
    for path in KEYBOARDS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in ("keyboard", "below"):
                found += [
                    f"{path.name}:{line.lineno}"
                    for line in node.args
                    if isinstance(line, ast.List) and len(line.elts) > 3
                ]
            found += [
                f"{path.name}:{node.lineno} wide"
                for keyword in node.keywords
                if keyword.arg == "wide"
                and not (isinstance(keyword.value, ast.Constant) and keyword.value.value in (1, 2, 3))
            ]
    assert found == []


def test_what_stands_in_buttons_is_ascii() -> None:
    """A letter of ours would take two bytes here and six there: prefixes and words that are written out."""
    found = []
    for path in KEYBOARDS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            values = (
                [keyword.value for keyword in node.keywords]
                if isinstance(node, ast.Call | ast.ClassDef)
                else []
            )
            found += [
                f"{path.name}:{value.lineno}"
                for value in values
                if isinstance(value, ast.Constant)
                and isinstance(value.value, str)
                and not value.value.isascii()
            ]
    assert found == []


SINS = {
    "await query.message.edit_text('x')": "edit_text",
    "await message.answer('x')": "answer",
    "await bot.send_message(1, 'x')": "send_message",
    "await bot.delete_message(1, 2)": "delete_message",
    "await message.reply('x')": "reply",
}


@pytest.mark.parametrize(("sin", "named"), SINS.items(), ids=SINS.values())
def test_the_walk_sees_who_draws_by_themselves(tmp_path: Path, sin: str, named: str) -> None:
    path = tmp_path / "planted.py"
    path.write_text(f"async def handler(message, query, bot):\n    {sin}\n", encoding="utf-8")
    assert [place.split()[-1] for place in drawn_in(path)] == [named]


def test_the_walk_sees_who_reads_the_words_under_a_press(tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text("def handler(query):\n    return query.message.text\n", encoding="utf-8")
    assert words_read_off(path) == ["planted.py:2 .message.text"]
