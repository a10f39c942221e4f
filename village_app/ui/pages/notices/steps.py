"""The steps of a notice: looked at by the supervision committee, signed off, published.

The head of its page with a button a step, each saying what it waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.db.records.notices import Notice
from village_app.domain.kinds import LONG_TEXT, TEXT, FieldDeclaration
from village_app.errors import EnvironmentProblem, Fault, InvalidInput, Refused
from village_app.services.notices.writing import EDITABLE
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog

_RELEASE_TITLE = "请第二个人放行"
_OPINION = (FieldDeclaration("opinion", "退回原因", LONG_TEXT, required=True),)
_RELEASE = (
    FieldDeclaration("second", "放行人登录名", TEXT, required=True),
    FieldDeclaration("password", "放行人口令", TEXT, required=True),
    FieldDeclaration("reason", "放行原因", LONG_TEXT, required=True),
)


class NoticeSteps(QWidget):
    """The head of a notice's page and what its buttons do; the page below is its heir's.

    An heir shows a notice (`show_notice`), keeps what was typed (`saved`), shows faults of its
    form (`show_faults`), says in words how long a period is (`_period_words`), and is left.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.notice: Notice | None = None
        self.dialog: FormDialog | None = None
        self._make_head()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice as it is kept."""
        raise NotImplementedError

    def show_keys(self, *, shown: bool) -> None:
        """Show the keys on the buttons, or leave their room to the title; they work anyway."""
        for button, key in self._keys():
            button.set_key(key if shown else "")

    def _keys(self) -> tuple[tuple[Button, str], ...]:
        return ((self.publish_button, "Ctrl+Enter"), (self.back_button, "Alt+Left"))

    def saved(self) -> bool:
        """Keep what was typed before another step; False where it cannot be kept."""
        raise NotImplementedError

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show faults under the fields they belong to."""
        raise NotImplementedError

    def leave(self) -> None:
        """Go back to the list."""
        raise NotImplementedError

    def _period_words(self, days: Any) -> str:
        raise NotImplementedError

    def _make_head(self) -> None:
        self.back_button = Button("回列表", icon="left", key="Alt+Left", press=self.leave)
        self.check_button = Button("请监委会看", press=self.check)
        self.return_button = Button("退回", press=self.send_back)
        self.approve_button = Button("签发", press=self.approve)
        self.publish_button = Button("发布", icon="board", key="Ctrl+Enter", press=self.publish)
        self.head = PageHead(
            "写公示",
            buttons=[
                self.publish_button,
                self.approve_button,
                self.check_button,
                self.return_button,
                self.back_button,
            ],
        )

    def _show_steps(self, notice: Notice, *, may_mend: bool) -> None:
        editable = notice.state in EDITABLE
        checked = notice.checked_by is not None and notice.state in ("checking", "approved")
        self.check_button.forbid("监委会已经看过" if checked else "")
        self.return_button.forbid("" if notice.state in ("draft", "checking") else "已经签发或退回")
        if notice.state == "approved":
            self.approve_button.forbid("已经签发")
        else:
            self.approve_button.forbid("" if checked else "监委会还没有看")
        self.publish_button.forbid("" if notice.state == "approved" else "还没有签发")
        steps = (self.check_button, self.approve_button, self.publish_button)
        following = next((button for button in steps if button.isEnabled()), None)
        for button in steps:
            button.set_kind("primary" if button is following and not may_mend else "plain")
        # What is not possible yet would only fill the head; the fact beside the title names it.
        for button in (*steps, self.return_button):
            button.setVisible(editable and button.isEnabled())

    def check(self) -> None:
        """Take down that the supervision committee agrees."""
        if self.saved():
            self.act(
                lambda: self.desk.village.notices.check(self.kept(), agrees=True), "监委会已看过"
            )

    def send_back(self) -> None:
        """Send the draft back with the reason."""
        if not self.saved():
            return
        self.ask(
            "退回修改",
            _OPINION,
            lambda typed: self.desk.village.notices.check(
                self.kept(), agrees=False, opinion=typed["opinion"]
            ),
            "退回",
        )

    def approve(self) -> None:
        """Sign the notice off."""
        self.act(lambda: self.desk.village.notices.approve(self.kept()), "已签发")

    def publish(self) -> None:
        """Number, freeze and post the notice; asked once, because it is never taken back."""
        if self.notice is None or not self.saved():
            return
        number = self.desk.village.writing.next_number(self.notice)
        answer = self.desk.asking.ask(
            Question(
                f"发布 {number}",
                [
                    ("会怎样", "编上号、定稿、存下 PDF 和表格，以后只能更正或撤下。"),
                    ("公示期", self._period_words(self.notice.period_days) or "不设公示期"),
                ],
                [Answer("publish", "发布", "board"), Answer("", "再看看")],
            )
        )
        if answer == "publish":
            self.act(lambda: self.desk.village.notices.publish(self.kept()), f"已发布 {number}")

    def release(self) -> None:
        """Let a second person let the draft through the gate, with a reason."""
        if not self.saved():
            return
        self.ask(
            _RELEASE_TITLE,
            _RELEASE,
            lambda typed: self.desk.village.privacy_release.let_through(
                self.kept(),
                second=typed["second"],
                password=typed["password"],
                reason=typed["reason"],
            ),
            "放行",
        )

    def act(self, what: Callable[[], object], said: str) -> bool:
        """Do something with the notice; a refusal is shown in its own sentence."""
        try:
            what()
        except InvalidInput as invalid:
            self.show_faults(invalid.faults)
            return False
        except (Refused, EnvironmentProblem) as refusal:
            self.tell(refusal.message)
            return False
        if said:
            self.desk.say(said, None)
        if self.notice is not None:
            self.show_notice(self.desk.village.notices.get(self.notice.id))
        return True

    def kept(self) -> Notice:
        """Give the notice as it is kept now."""
        assert self.notice is not None
        notice: Notice = self.desk.village.notices.get(self.notice.id)
        return notice

    def ask(
        self,
        title: str,
        fields: Any,
        save: Callable[[Any], object],
        words: str,
        values: dict[str, Any] | None = None,
    ) -> None:
        """Ask over the page, then show the notice as it is kept."""
        self.dialog = FormDialog(title, fields, save, self.window(), words=words, values=values)
        self.dialog.exec()
        self.act(lambda: None, "")

    def tell(self, sentence: str) -> None:
        """Say why something was not done."""
        self.desk.asking.ask(Question("没有办成", [("为什么", sentence)], light="fault"))
