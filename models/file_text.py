"""What a file is called and what it is, from words that anybody may have chosen: never believed, made harmless."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

MOST_NAME = 80
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"\\/:*?<>|;%]+'
)
_MIME = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")

OPAQUE = "application/octet-stream"
EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "text/plain": "txt",
}
"""What we say of a file to whoever fetches it; all else is bytes to be saved, so that nothing is run as a page."""

_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
)


@dataclass(frozen=True, slots=True)
class Served:
    """What is behind a file's address. `mime` is one of `EXTENSIONS` or opaque, never what a stranger has claimed."""

    name: str
    mime: str
    content: bytes


def file_name(text: str, otherwise: str) -> str:
    """A name that breaks no header, no path and no line; `otherwise` where nothing is left of it."""
    tidy = _UNSAFE.sub("_", unicodedata.normalize("NFC", text).strip()).strip(" ._") or otherwise
    if len(tidy) <= MOST_NAME:
        return tidy
    stem, dot, suffix = tidy.rpartition(".")
    if not dot or len(suffix) > 8:
        return tidy[:MOST_NAME].rstrip()
    return f"{stem[: MOST_NAME - len(suffix) - 1].rstrip()}.{suffix}"


def mime_of(claimed: str | None) -> str:
    """A claimed type in its plain form; the opaque one for whatever is none."""
    plain = (claimed or "").partition(";")[0].strip().lower()
    return plain if _MIME.fullmatch(plain) else OPAQUE


def picture_type(content: bytes) -> str | None:
    """The type of a picture that browsers show, by its first bytes: what is claimed of it counts for nothing."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((mime for start, mime in _PICTURES if content.startswith(start)), None)


def served_type(mime: str, content: bytes) -> str:
    """The type under which a file is given away."""
    if picture := picture_type(content):
        return picture
    return mime if mime in EXTENSIONS and not mime.startswith("image/") else OPAQUE


def extension(mime: str) -> str:
    return EXTENSIONS.get(mime, "bin")
