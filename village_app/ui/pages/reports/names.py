"""The row of saved reports over the page, and the question for a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from village_app.db.records.views import SavedReport
from village_app.services.house.saved_reports import period_of_saved
from village_app.ui.kit.buttons import Button, IconButton
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text
from village_app.ui.page import Page
from village_app.ui.pages.form_dialog import FormDialog

Act = Callable[[int], object]


class SavedRow(QWidget):
    """Saved reports one beside the other: open, go to the next period, take away."""

    def __init__(self, open_one: Act, next_one: Act, remove_one: Act) -> None:
        super().__init__()
        self.setAccessibleName("常用报表")
        self._acts = (open_one, next_one, remove_one)
        self._flow = FlowLayout(self, gap=6)

    def show_saved(self, saved: Sequence[SavedReport]) -> None:
        """Show these reports; the row goes where there are none."""
        empty(self._flow)
        self.setVisible(bool(saved))
        self._flow.addWidget(Text("常用", "small", "ink2"))
        open_one, next_one, remove_one = self._acts
        for one in saved:
            period = period_of_saved(one)
            name = Button(f"{one.name}：{period.show()}", press=partial(open_one, one.id))
            following = Button("下一期", kind="quiet", press=partial(next_one, one.id))
            following.setToolTip(f"{one.name}换到{period.following.show()}，版面不变")
            following.setAccessibleName(f"{one.name}下一期")
            remove = IconButton("cross", f"删掉{one.name}", press=partial(remove_one, one.id))
            for button in (name, following, remove):
                self._flow.addWidget(button)


def ask_name(page: Page, save: Callable[[str], object], suggested: str) -> FormDialog:
    """Ask under which name a report is kept."""
    dialog = FormDialog(
        "存成常用报表",
        [SavedReport.declaration("name")],
        lambda typed: save(typed.get("name", "")),
        page.window(),
        words="存下",
        values={"name": suggested},
    )
    dialog.open()
    return dialog
