"""Where a list comes from: a file, or rows copied out of a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from village_app.errors import Refused
from village_app.importing.files.loading import load_file

_PASTED = {"encoding": "utf-8", "separator": "\t"}


@dataclass(slots=True)
class ImportSource:
    """A file that is read once into memory, or pasted rows; `name` is what people call it.

    Example: `ImportSource.file(Path("名册.xlsx"))`, `ImportSource.pasted(clipboard.text())`.
    """

    name: str
    path: Path | None = None
    content: bytes = b""
    how: dict[str, str] = field(default_factory=dict)
    """How its text is read, where that is known: encoding, separator."""
    _size: int = 0
    _modified: int = 0

    @classmethod
    def file(cls, path: Path) -> ImportSource:
        """Take a file; nothing is read before `load`."""
        return cls(path.name, path)

    @classmethod
    def pasted(cls, text: str) -> ImportSource:
        """Take rows as a spreadsheet puts them on the clipboard; refuses an empty one."""
        lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
        if not lines:
            raise Refused(
                "nothing_pasted",
                "剪贴板里没有文字。请先在表格软件里选中几行，按 Ctrl+C 复制，再到这里粘贴。",
            )
        how = dict(_PASTED) if "\t" in text else {"encoding": "utf-8"}
        content = "\n".join(lines).encode()
        return cls(f"粘贴的 {len(lines)} 行", content=content, how=how)

    def load(self) -> bytes:
        """Read the file into memory, once; it may be closed, unplugged or changed after that."""
        if self.path is not None and not self.content:
            self.content = load_file(self.path)
            self._size, self._modified = self._stamp()
        return self.content

    def has_changed(self) -> bool:
        """Tell whether the file says something else now; one that is out of reach does not."""
        if self.path is None:
            return False
        try:
            if self._stamp() == (self._size, self._modified):
                return False
            now = self.path.read_bytes()
        except OSError:
            return False
        return sha256(now).digest() != sha256(self.content).digest()

    def _stamp(self) -> tuple[int, int]:
        assert self.path is not None, "only files have a stamp"
        found = self.path.stat()
        return found.st_size, found.st_mtime_ns
