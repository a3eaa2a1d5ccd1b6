"""From bytes to text: exports come in any encoding, declared rightly, wrongly or not at all."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from evidence_app.services.formats.limits import Clock
from evidence_app.services.formats.records import UnreadableFile
from evidence_app.storage.open_files import leave_alone

SAMPLE: Final = 96_000
_CHUNK: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_UTF8: Final = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FALLBACK: Final = "evidence-desk-western"


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252, or Latin-1 where that has no letter."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    letters = (bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in wrong)
    return "".join(letters), error.end


codecs.register_error(_FALLBACK, _western)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, with the encoding its bytes speak for and its first part as text."""

    path: Path
    size: int
    encoding: str
    head: bytes
    sample: str
    holed: bool = False
    """Whether zero bytes stand in the text, as a broken disk or transfer leaves them; they are left out."""
    clock: Clock | None = field(default=None, compare=False)
    """Stops reading that takes too long; it is looked at whenever more of the text is taken."""

    @contextmanager
    def text(self) -> Iterator[TextIO]:
        """Open the file as text with line ends made equal."""
        errors = _FALLBACK if self.encoding.startswith("utf-8") else "replace"
        with self.path.open("r", encoding=self.encoding, errors=errors) as file:
            whole = _without_holes(file) if self.holed else file
            yield self.clock.over(whole) if self.clock else whole


class _WithoutHoles:
    """A text without the zero characters in it."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            yield line.replace("\x00", "")

    def read(self, size: int = -1) -> str:
        """Return the next part of the text that is more than zeros."""
        while chunk := self._text.read(size):
            if whole := chunk.replace("\x00", ""):
                return whole
        return ""

    def readline(self) -> str:
        """Return the next line."""
        return self._text.readline().replace("\x00", "")

    def seek(self, place: int) -> int:
        """Go to a place in the text."""
        return self._text.seek(place)


def _without_holes(text: TextIO) -> TextIO:
    return _WithoutHoles(text)  # type: ignore[return-value]


def source(path: Path) -> Source:
    """Return the file as a source; raises `UnreadableFile` where there is nothing to read."""
    leave_alone(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(SAMPLE)
        encoding = _encoding(path, head)
        holed = not encoding.startswith("utf-16") and not encoding.startswith("utf-32") and _is_holed(path)
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} could not be opened ({error.strerror}). Nothing was imported."
        ) from error
    known = Source(path, size, encoding, head, "", holed)
    with known.text() as text:
        sample = text.read(SAMPLE)
    return Source(path, size, encoding, head, sample, holed)


def _encoding(path: Path, head: bytes) -> str:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if unmarked := _utf16_without_mark(head):
        return unmarked
    if _is_utf8(path):
        return "utf-8"
    return "gb18030" if _is_chinese(head) else "utf-8"


def _utf16_without_mark(head: bytes) -> str:
    pairs = head[: len(head) // 2 * 2]
    if len(pairs) < 8:
        return ""
    even, odd = pairs[0::2].count(0), pairs[1::2].count(0)
    half = len(pairs) / 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.1 else ""


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _is_holed(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b"\x00" in chunk for chunk in iter(lambda: file.read(_CHUNK), b""))


def _is_chinese(head: bytes) -> bool:
    """Whether what is not ASCII comes in runs of pairs, as Chinese does and accented letters do not."""
    high = sum(byte > 0x7F for byte in head)
    in_runs = sum(len(run) for run in re.findall(rb"[\x80-\xff]{4,}", head))
    as_utf8 = sum(len(run) for run in _UTF8.findall(head))
    if high < 8 or in_runs < high * 0.7 or as_utf8 > high * 0.5:
        return False
    try:
        head.decode("gb18030")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 4
    return True
