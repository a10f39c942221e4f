"""What this desk likes: type size, contrast, window size, columns; an ini file in the data folder.

Nothing about the village stands here, and nothing personal. A file full of nonsense gives the
defaults.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from village_app.ui.theme import TYPE_SIZES, Theme, TypeSize

FILE_NAME = "window.ini"


@dataclass(frozen=True, slots=True)
class KeptColumns:
    """What is remembered of a list's columns; widths are px at 100 %."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: dict[str, int] = field(default_factory=dict)


class Preferences:
    """The preferences of one desk.

    Example: `Preferences(data_folder).theme`. Without a folder they last as long as the program.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._settings: QSettings | None = None
        self._here: dict[str, object] = {}
        if folder is not None:
            self._settings = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Theme:
        return Theme(self.type_size, self._flag("look/contrast"))

    @property
    def type_size(self) -> TypeSize:
        wanted = self._text("look/type_size", "100")
        return next((size for size in TYPE_SIZES if str(size) == wanted), 100)

    def keep_theme(self, theme: Theme) -> None:
        """Remember type size and contrast."""
        self._set("look/type_size", str(theme.type_size))
        self._set("look/contrast", "1" if theme.contrast else "0")

    def was_put_away(self, what: str) -> bool:
        """Say whether a hint or a list was put away at this desk."""
        return self._flag(f"away/{what}")

    def put_away(self, what: str, *, away: bool = True) -> None:
        """Put a hint away, or bring it back."""
        self._set(f"away/{what}", "1" if away else "0")

    @property
    def window_geometry(self) -> QByteArray | None:
        """Size and place of the window as Qt wrote them."""
        text = self._text("window/geometry", "")
        return QByteArray.fromBase64(text.encode("ascii", "ignore")) if text else None

    def keep_window_geometry(self, geometry: QByteArray) -> None:
        """Remember size and place of the window."""
        self._set("window/geometry", bytes(geometry.toBase64().data()).decode("ascii"))

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without a key or a mouse move the screen locks (1 to 60)."""
        wanted = self._text("window/idle_minutes", "10")
        return min(60, max(1, int(wanted))) if wanted.isdecimal() else 10

    @property
    def last_user(self) -> str:
        return self._text("door/last_user", "")

    def keep_last_user(self, user: str) -> None:
        """Remember who signed in last, to offer the name first."""
        self._set("door/last_user", user)

    def folder(self, purpose: str) -> Path | None:
        """Give the folder last used for a purpose, if it still exists."""
        text = self._text(f"folders/{purpose}", "")
        return Path(text) if text and Path(text).is_dir() else None

    def keep_folder(self, purpose: str, folder: Path) -> None:
        """Remember the folder used for a purpose."""
        self._set(f"folders/{purpose}", str(folder))

    def columns(self, name: str) -> KeptColumns:
        """Give what is remembered of a list's columns."""
        widths: dict[str, int] = {}
        for part in _parts(self._text(f"columns/{name}.widths", "")):
            key, _, width = part.partition(":")
            if width.isdecimal() and 20 <= int(width) <= 2000:
                widths[key] = int(width)
        return KeptColumns(
            _parts(self._text(f"columns/{name}.order", "")),
            frozenset(_parts(self._text(f"columns/{name}.hidden", ""))),
            widths,
        )

    def keep_columns(self, name: str, order: Iterable[str], hidden: Iterable[str]) -> None:
        """Remember order and absence of a list's columns."""
        self._set(f"columns/{name}.order", " ".join(order))
        self._set(f"columns/{name}.hidden", " ".join(hidden))

    def keep_widths(self, name: str, widths: dict[str, int]) -> None:
        """Remember the widths of a list's columns, px at 100 %."""
        text = " ".join(f"{key}:{width}" for key, width in widths.items())
        self._set(f"columns/{name}.widths", text)

    def _flag(self, key: str) -> bool:
        return self._text(key, "0") == "1"

    def _text(self, key: str, default: str) -> str:
        if self._settings is None:
            value = self._here.get(key, default)
        else:
            value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def _set(self, key: str, value: str) -> None:
        if self._settings is None:
            self._here[key] = value
        else:
            self._settings.setValue(key, value)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split())
