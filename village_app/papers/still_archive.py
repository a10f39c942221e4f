"""Zip files without a clock: the same contents give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# Papers without a moment of their own carry this one.
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


class StillArchive(ZipFile):
    """A zip file whose entries all carry one fixed moment and name no operating system."""

    def __init__(self, target: BytesIO, moment: datetime) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self._moment = moment.astimezone(UTC).timetuple()[:6]

    def entry(self, name: str) -> ZipInfo:
        """Describe an entry."""
        info = ZipInfo(name, self._moment)
        info.compress_type = ZIP_DEFLATED
        info.create_system = 0
        return info

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(self.entry(str(zinfo_or_arcname)), data)
