"""The Bot API as data; read by `bot.demo.telegram.checks`."""
