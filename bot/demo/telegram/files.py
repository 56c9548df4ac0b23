"""Files that people and bots put into chats; getFile and /file/bot<token>/<path> give them back."""

import hashlib
from dataclasses import dataclass

from bot.demo.telegram.errors import bad
from bot.demo.telegram.messages import Json

MOST_DOWNLOAD = 20 * 2**20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`size` may claim more than `data` holds, so that a test needs no 20 MiB."""

    id: str
    path: str
    name: str
    mime: str
    data: bytes
    size: int

    def as_json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.id[:16], "file_size": self.size}


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, data: bytes, *, folder: str, name: str, mime: str, size: int | None = None) -> StoredFile:
        number = len(self._by_id)
        file_id = "AgAC" + hashlib.sha256(f"{number}:{folder}".encode() + data).hexdigest()[:40]
        suffix = name.rsplit(".", 1)[-1] if "." in name else "bin"
        path = f"{folder}/file_{number}.{suffix}"
        stored = StoredFile(file_id, path, name, mime, data, len(data) if size is None else size)
        self._by_id[file_id] = self._by_path[path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile:
        if file_id not in self._by_id:
            raise bad("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def get_file(self, file_id: str) -> Json:
        if file_id not in self._by_id:
            raise bad("invalid file_id")
        stored = self._by_id[file_id]
        if stored.size > MOST_DOWNLOAD:
            raise bad("file is too big")
        return stored.as_json() | {"file_path": stored.path}
