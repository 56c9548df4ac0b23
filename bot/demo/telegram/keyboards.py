"""What Telegram checks in a reply markup beyond its shape."""

from typing import Any

from bot.demo.telegram.entities import utf16
from bot.demo.telegram.errors import bad, not_played
from bot.demo.telegram.links import wrong_with
from bot.demo.telegram.messages import Json

# What an inline button may do, exactly one of it; the first three are played here.
PLAYED = ("callback_data", "url", "copy_text")
ACTIONS = (
    *PLAYED,
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
    "disabled",
)
REQUESTS = {"request_contact": "phone number", "request_location": "location"}
MOST_BUTTONS = 100
MOST_KEYS = 300
NO_ACTION = "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard"


def check_markup(markup: Any) -> Json | None:
    """The reply markup if Telegram would hang it under a message; None if there is nothing in it."""
    if markup is None:
        return None
    checked: Json = markup
    if "inline_keyboard" in checked:
        rows = [row for row in checked["inline_keyboard"] if row]
        if sum(map(len, rows)) > MOST_BUTTONS:
            raise bad("reply markup is too long")
        for row in rows:
            for button in row:
                check_inline(button)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in checked:
        rows = [row for row in checked["keyboard"] if row]
        if sum(map(len, rows)) > MOST_KEYS:
            raise bad("reply markup is too long")
        if any(not key["text"].strip() for row in rows for key in row):
            raise bad("keyboard button text must be non-empty")
        return {**checked, "keyboard": rows} if rows else None
    return checked


def check_for_group(markup: Json | None) -> None:
    """Keys that ask for a number or a place are for private chats."""
    for key in (key for row in (markup or {}).get("keyboard", []) for key in row):
        for request, what in REQUESTS.items():
            if key.get(request):
                raise bad(f"{what} can be requested in private chats only")


def check_inline(button: Json) -> None:
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    actions = [action for action in ACTIONS if button.get(action, "") != ""]
    if not actions:
        raise bad(NO_ACTION)
    if len(actions) > 1:
        raise bad(f"an inline keyboard button does exactly one thing, not {' and '.join(actions)}")
    action = actions[0]
    value = button[action]
    if action == "callback_data":
        if len(value.encode()) > 64:
            raise bad("BUTTON_DATA_INVALID")
    elif action == "url":
        if wrong := wrong_with(value):
            refused = wrong.isupper()
            raise bad(wrong if refused else f"inline keyboard button URL '{value}' is invalid: {wrong}")
    elif action == "copy_text":
        if not 1 <= utf16(value["text"]) <= 256:
            raise bad("BUTTON_COPY_TEXT_INVALID")
    else:
        raise not_played(f"inline buttons with {action}")
