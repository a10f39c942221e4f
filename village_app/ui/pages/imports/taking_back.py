"""Taking an import back: what is untouched goes at once, what was edited since is decided on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from village_app.db.records.residents import ImportBatch
from village_app.errors import VillageError
from village_app.services.imports.edited import EditedRecord, EditedSince, Kept, Undone
from village_app.ui.asking import Question
from village_app.ui.page import Desk
from village_app.ui.pages.imports.work import Piece, WorkLine
from village_app.ui.pages.tick_dialog import Tick, TickDialog

_LABEL = "正在撤回导入"


class TakingBack:
    """Takes imports back in the background; `done` hears of each that went."""

    def __init__(
        self, desk: Desk, owner: QWidget, line: WorkLine, done: Callable[[], object]
    ) -> None:
        self._desk = desk
        self._owner = owner
        self._line = line
        self._done = done

    def take(self, batch: ImportBatch) -> None:
        """Take an import back; asks about what was edited since, if anything was."""
        imports = self._desk.village.imports
        self._line.do(
            Piece(
                partial(imports.undo, batch, leave_edited=False),
                _LABEL,
                then=lambda undone: self._say(batch, undone),
                failed=lambda error: self._refused(batch, error),
                writes=True,
            )
        )

    def _refused(self, batch: ImportBatch, error: Exception) -> None:
        if isinstance(error, EditedSince):
            self._decide(batch, error.kept)
        elif isinstance(error, VillageError):
            self._desk.asking.ask(Question("没有撤回，什么都没改", [("", error.message)]))
        else:
            raise error

    def _decide(self, batch: ImportBatch, kept: Sequence[Kept]) -> None:
        """List what was edited since; what is ticked goes back too, the rest stays."""
        edited: list[EditedRecord] = self._desk.village.imports.edited_since(batch, kept)
        if not edited:
            self._take_rest(batch, ())
            return
        ticks = [
            Tick(at, one.title, on=False, note="；".join(one.since))
            for at, one in enumerate(edited)
        ]
        TickDialog(
            f"有 {len(edited)} 条导入以后又改过：留着的不勾，要一起撤回的勾上",
            ticks,
            lambda chosen: self._take_rest(batch, [edited[at].kept for at in chosen]),
            self._owner.window(),
            words="就这样撤回",
            out="先不撤回",
        ).open()

    def _take_rest(self, batch: ImportBatch, also: Sequence[Kept]) -> None:
        imports = self._desk.village.imports
        self._line.do(
            Piece(
                partial(imports.undo, batch, also=also),
                _LABEL,
                then=lambda undone: self._say(batch, undone),
                failed=lambda error: self._refused(batch, error),
                writes=True,
            )
        )

    def _say(self, batch: ImportBatch, undone: Undone) -> None:
        removed, restored = sum(undone.removed.values()), sum(undone.restored.values())
        kept = f"，{len(undone.kept)} 条留着没动" if undone.kept else ""
        self._desk.say(
            f"撤回了“{batch.file_name}”：拿掉 {removed} 条，改回 {restored} 条{kept}",
            self._desk.undo,
        )
        self._done()
