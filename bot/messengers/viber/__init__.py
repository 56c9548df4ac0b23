"""Viber as one more messenger of aiogram's: what handlers draw for Telegram's chats appears in Viber's chats."""

BOT_ID = 2
"""What aiogram takes for the bot's id; Viber's bots have none that is a number."""
BOT_TOKEN = f"{BOT_ID}:viber"
"""No secret: aiogram wants a token of this shape. The real one is the client's alone."""
