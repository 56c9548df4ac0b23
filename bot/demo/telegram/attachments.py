"""What people send besides words, as the Bot API's Message holds it."""

from bot.demo.telegram.files import Files
from bot.demo.telegram.messages import Json


class Attachments:
    def __init__(self, files: Files) -> None:
        self._files = files

    def photo(self, data: bytes, name: str = "photo.jpg", mime: str = "image/jpeg") -> Json:
        file = self._files.keep(data, folder="photos", name=name, mime=mime).as_json()
        return {"photo": [{**file, "width": 90, "height": 90}, {**file, "width": 1280, "height": 960}]}

    def document(self, data: bytes, name: str, mime: str, size: int | None) -> Json:
        file = self._files.keep(data, folder="documents", name=name, mime=mime, size=size).as_json()
        return {"document": {**file, "file_name": name, "mime_type": mime}}

    def voice(self, data: bytes) -> Json:
        file = self._files.keep(data, folder="voice", name="voice.oga", mime="audio/ogg").as_json()
        return {"voice": {**file, "duration": 3, "mime_type": "audio/ogg"}}

    def video_note(self, data: bytes) -> Json:
        file = self._files.keep(data, folder="video_notes", name="note.mp4", mime="video/mp4").as_json()
        return {"video_note": {**file, "duration": 3, "length": 240}}

    def sticker(self, emoji: str) -> Json:
        file = self._files.keep(emoji.encode(), folder="stickers", name="s.webp", mime="image/webp").as_json()
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return {"sticker": {**file, **shape, "emoji": emoji}}
