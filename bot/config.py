"""Settings: the environment and `.env`, read in this one place (contract 2)."""

import re
from email.utils import parseaddr
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")


class BadSettings(Exception):
    """A missing or bad setting; the text names it and says what to do."""


class Settings(BaseSettings):
    """Every setting of the contract that this version has a use for."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    bot_token: SecretStr = SecretStr("")
    bot_username: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_updates: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr = SecretStr("")
    viber_token: SecretStr = SecretStr("")
    viber_name: Annotated[str, Field(min_length=1, max_length=28)] = "Orderbell"
    viber_uri: str = ""
    viber_api_url: str = "https://chatapi.viber.com/pa"
    public_url: str = ""
    database_url: str = "sqlite+aiosqlite:///var/bot.db"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    secret_key: SecretStr = SecretStr("")
    turbosms_api_url: str = "https://api.turbosms.ua"
    turbosms_token: SecretStr = SecretStr("")
    turbosms_sender: str = ""
    turbosms_viber_seconds: int = 900
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    sentry_dsn: SecretStr = SecretStr("")

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.replace(";", ",").split(",") if part.strip())
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("telegram_api_url", "viber_api_url", "public_url", "turbosms_api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("must be a full address such as https://bot.example.com")
        return value.rstrip("/")

    @field_validator("sentry_dsn")
    @classmethod
    def _dsn(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if value.get_secret_value() and not (
            parts.scheme in ("http", "https") and parts.username and parts.hostname
        ):
            raise ValueError("must look like https://key@sentry.example.com/1, as Sentry gives it")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @field_validator("viber_token")
    @classmethod
    def _viber_token(cls, value: SecretStr) -> SecretStr:
        if re.fullmatch(r"[A-Za-z0-9._-]*", value.get_secret_value()) is None:
            raise ValueError("must be the token as Viber's admin panel shows it, without spaces")
        return value

    @field_validator("turbosms_token")
    @classmethod
    def _header(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise ValueError(
                "must be one word of Latin letters and digits, as TurboSMS gives it for the HTTP API"
            )
        return value

    @field_validator("turbosms_viber_seconds")
    @classmethod
    def _viber_seconds(cls, value: int) -> int:
        if value != 0 and not 60 <= value <= 86400:
            raise ValueError("must be 60 to 86400, or 0 for SMS alone")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: SecretStr) -> SecretStr:
        try:
            parts = urlsplit(value.get_secret_value())
            known = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            known = False
        if value.get_secret_value() and not (known and parts.path in ("", "/") and not parts.query):
            raise ValueError(
                "must look like smtp://user:password@mail.example.com:587 or smtps://...:465, "
                "with what is special in the password percent-encoded"
            )
        return value

    @field_validator("mail_from")
    @classmethod
    def _mailbox(cls, value: str) -> str:
        address = parseaddr(value)[1]
        if value and not (_MAILBOX.fullmatch(address) and value.isprintable()):
            raise ValueError("must look like shop@example.com or Shop <shop@example.com>")
        return value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        number, colon, secret = token.partition(":")
        if token and not (colon and number.isdigit() and len(secret) >= 3):
            raise ValueError("must look like 123456:ABC..., as BotFather gives it")
        return value

    @model_validator(mode="after")
    def _halves(self) -> "Settings":
        if self.turbosms_token.get_secret_value() and not self.turbosms_sender:
            raise ValueError(
                "TURBOSMS_TOKEN needs TURBOSMS_SENDER, the name that TurboSMS registered for you"
            )
        if self.smtp_url.get_secret_value() and not self.mail_from:
            raise ValueError("SMTP_URL needs MAIL_FROM, the address that mails come from")
        return self

    @model_validator(mode="after")
    def _reachable(self) -> "Settings":
        if self.telegram_updates == "webhook":
            if not self.public_url:
                raise ValueError("TELEGRAM_UPDATES=webhook needs PUBLIC_URL")
            if not self.telegram_webhook_secret.get_secret_value():
                raise ValueError("TELEGRAM_UPDATES=webhook needs TELEGRAM_WEBHOOK_SECRET")
        if self.viber_token.get_secret_value() and not self.public_url:
            raise ValueError(
                "VIBER_TOKEN needs PUBLIC_URL: Viber brings what people write to that address alone"
            )
        return self


def load() -> Settings:
    """The settings of this process. Raises BadSettings with a sentence for each that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettings("; ".join(_sentence(fault) for fault in error.errors())) from None


def _sentence(fault: object) -> str:
    details = fault if isinstance(fault, dict) else {}
    name = ".".join(str(part) for part in details.get("loc", ())).upper()
    message = str(details.get("msg", "")).removeprefix("Value error, ")
    return f"{name} {message}" if name else message
