"""One notice: form and 公开前把关 at the left, the paper at the right; its life once it hangs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.notices import Notice
from village_app.domain.kinds import LONG_TEXT, TEXT, FieldDeclaration
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.services.notice_writing import EDITABLE, Point
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.preview import PaperPreview
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.templates import DocumentAndPaper
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.notice_form import NoticeForm
from village_app.ui.pages.notice_gate import GatePanel
from village_app.ui.pages.notice_life import LifePanel, light_of
from village_app.ui.pages.notice_marks import marks_of
from village_app.ui.pages.notice_output import NoticeOutput
from village_app.ui.pages.notice_printing import USUAL_COPIES
from village_app.ui.theme import theme

_RELEASE_TITLE = "请第二个人放行"
_PAUSE = 500
_OPINION = (FieldDeclaration("opinion", "退回原因", LONG_TEXT, required=True),)
_RELEASE = (
    FieldDeclaration("second", "放行人登录名", TEXT, required=True),
    FieldDeclaration("password", "放行人口令", TEXT, required=True),
    FieldDeclaration("reason", "放行原因", LONG_TEXT, required=True),
)


class NoticeDocument(QWidget):
    """The document page of one notice. `left` is sent when the user goes back to the list."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.output = NoticeOutput(self)
        self.notice: Notice | None = None
        self.dialog: FormDialog | None = None
        self._preview_data = b""
        self._make_head()
        self.form = NoticeForm(
            [(item.code, item.name) for item in desk.village.catalogue.items()], self._period_words
        )
        self.gate = GatePanel(self.fix, self.show_point)
        self.life = LifePanel(desk, self.act)
        self.preview = PaperPreview()
        self._make_gate_row()
        self._form_sheet = Sheet()
        self._form_sheet.setMinimumHeight(theme().px(150))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.addWidget(self.form)
        self._form_sheet.add(Scroll(inside), 1)
        left = QWidget()
        stacked = QVBoxLayout(left)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.addWidget(self._form_sheet, 1)
        stacked.addWidget(self.life, 1)
        self.life.hide()
        self.pair = DocumentAndPaper(left, self.preview, under=self.gate)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(10))
        body.addWidget(self.head)
        body.addWidget(self.pair, 1)
        self._pause = Pause(self, self.look_again, _PAUSE)
        self.form.edited.connect(self._pause.begin)

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

    def _make_gate_row(self) -> None:
        self.mend_button = Button(
            "都照改", icon="tick", key="Alt+A", kind="primary", press=self.mend
        )
        self.print_button = Button(
            "打印", icon="printer", key="Ctrl+P", press=self.output.printing.print_out
        )
        self.save_button = Button("存草稿", icon="save", key="Ctrl+S", press=self.save)
        self.release_button = Button("第二人放行", icon="key", press=self.release)
        for button in (self.mend_button, self.print_button, self.save_button):
            self.gate.row.addWidget(button)
        self.file_buttons = {
            "pdf": Button("存 PDF", icon="paper", press=lambda: self.output.save_file("pdf")),
            "xlsx": Button("存 Excel", icon="sheet", press=lambda: self.output.save_file("xlsx")),
            "docx": Button("存 Word", icon="paper", press=lambda: self.output.save_file("docx")),
        }
        self.page_button = Button("一页排下", icon="paper", press=self.put_on_one_page)
        self.gate.row.addStretch(1)
        self.gate.head.addWidget(self.release_button)
        self.gate.add_row(
            [
                self.page_button,
                *self.file_buttons.values(),
                Button("别的样子", icon="more", press=self.output.choose_other_form),
            ]
        )

    # What is shown

    def show_notice(self, notice: Notice) -> None:
        """Show a notice as it is kept."""
        self.notice = notice
        writing = self.desk.village.writing
        template = self._template_word(notice)
        self.form.show_written(writing.written(notice), template, writing.next_number(notice))
        self._show_state()

    def reload(self) -> None:
        """Read the notice again unless somebody is typing into it."""
        if self.notice is not None and not self.form.dirty:
            self.show_notice(self.desk.village.notices.get(self.notice.id))

    def look_again(self) -> None:
        """Draw the paper and look it through as the form stands now, without keeping it."""
        written = self.form.try_written()
        if self.notice is None or written is None:
            return
        self._show_paper(self.desk.village.writing.trial(self.notice, written))

    def _show_state(self) -> None:
        notice = self.notice
        assert notice is not None
        village = self.desk.village
        editable = notice.state in EDITABLE
        self.form.set_editable(editable=editable)
        self._form_sheet.setVisible(editable)
        self.life.setVisible(not editable)
        kind = Notice.declaration("kind").kind.show(notice.kind)
        self.head.set_title(f"写{kind}" if editable else notice.heading, notice.number or "")
        left = village.posting.look_at(notice).days_left if not editable else 0
        self.head.set_pill(light_of(notice, left))
        if not editable:
            self.life.show_notice(notice)
        self._show_paper(notice)
        self._show_buttons(notice)

    def _show_paper(self, notice: Notice) -> None:
        village = self.desk.village
        editable = notice.state in EDITABLE
        points = village.writing.points(notice) if editable else []
        self.gate.show_points(points, may_fix=editable)
        self.gate.set_found_visible(visible=editable)
        try:
            self._preview_data = village.notices.preview(notice)
        except Refused as refusal:
            self.gate.hint.setText(refusal.message)
            return
        self.preview.set_pdf(self._preview_data)
        self.preview.set_marks(marks_of(self._preview_data, self.gate.points) if editable else [])
        self._show_gate_buttons(notice)

    def _show_gate_buttons(self, notice: Notice) -> None:
        editable = notice.state in EDITABLE
        fixable = [point for point in self.gate.points if point.fix]
        held = self.gate.held
        self.mend_button.setVisible(editable and bool(fixable))
        self.mend_button.set_words(f"{len(fixable)} 处都照改")
        reason = f"把关还有 {len(held)} 处没过" if held else ""
        if notice.state == "void":
            reason = "已经作废"
        self.print_button.forbid(reason)
        self.print_button.set_words("打印" if editable else f"打印 {USUAL_COPIES} 份")
        self.print_button.set_kind("plain" if reason or editable else "primary")
        self.save_button.setVisible(editable)
        stops = [point.finding for point in held if point.finding is not None]
        may_release = bool(stops) and all(finding.overridable for finding in stops)
        self.release_button.setVisible(editable and may_release)
        never = [finding for finding in stops if not finding.overridable]
        file_reason = "有不能公开的内容，改好才能存" if never else ""
        for button in self.file_buttons.values():
            button.forbid(file_reason or ("已经作废" if notice.state == "void" else ""))
        self._show_fitting(notice, len(held))

    def _show_fitting(self, notice: Notice, held: int) -> None:
        """Offer one page where there are more, the usual setting where it was made smaller."""
        editable = notice.state in EDITABLE
        notices = self.desk.village.notices
        asked = editable and notices.paper_of(notice).one_page
        self.page_button.setVisible(editable and (asked or self.preview.page_count > 1))
        self.page_button.set_words("按原来的排" if asked else "一页排下")
        changed = notices.fitted(notice) if editable else ()
        fitted = f"为了一页排下：{'，'.join(changed)}。" if changed else ""
        self.gate.hint.setText(fitted + self._hint(notice, held))

    @staticmethod
    def _hint(notice: Notice, held: int) -> str:
        if notice.state not in EDITABLE:
            return "存下来的和打出来的，都和贴出去的一字不差。重印会另外注明第几次。"
        if held:
            return f"改好这 {held} 处，就能打印和发布。没签发的稿子每页都有“草稿”两个字。"
        return "没签发的稿子每页都有“草稿”两个字。"

    def _show_buttons(self, notice: Notice) -> None:
        editable = notice.state in EDITABLE
        for button in (
            *(self.check_button, self.return_button, self.approve_button, self.publish_button),
        ):
            button.setVisible(editable)
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
        fixable = any(point.fix for point in self.gate.points)
        for button in steps:
            button.set_kind("primary" if button is following and not fixable else "plain")

    def _template_word(self, notice: Notice) -> str:
        if notice.template is None:
            return "由台账做成"
        for template in self.desk.village.templates.listed():
            if template.code == notice.template:
                return str(template.label)
        return str(Notice.declaration("kind").kind.show(notice.kind))

    def _period_words(self, days: Any) -> str:
        if not days or self.notice is None:
            return ""
        written = self.form.try_written()
        if written is None:
            return ""
        village = self.desk.village
        trial = village.writing.trial(self.notice, written)
        period = village.notices.period_of(trial, village.session.today())
        return "" if period is None else f"今天贴出：{period.show()}"

    # Wishes

    def act(self, what: Callable[[], object], said: str) -> bool:
        """Do something with the notice; a refusal is shown in its own sentence."""
        try:
            what()
        except InvalidInput as invalid:
            known = {declared.name for declared in self.form.declarations}
            self.form.set_faults([fault for fault in invalid.faults if fault.field in known])
            return False
        except (Refused, EnvironmentProblem) as refusal:
            self.tell(refusal.message)
            return False
        if said:
            self.desk.say(said, None)
        if self.notice is not None:
            self.show_notice(self.desk.village.notices.get(self.notice.id))
        return True

    def save(self) -> bool:
        """Keep the form's text in the draft."""
        if self.notice is None or self.notice.state not in EDITABLE:
            return False
        notice = self.notice

        def keep() -> None:
            written = self.form.read_written()
            self.desk.village.writing.edit(notice, written)
            self.form.set_clean()

        return self.act(keep, "草稿已存")

    def saved(self) -> bool:
        """Keep what was typed before another step; False where it cannot be kept."""
        return self.save() if self.form.dirty else True

    def fix(self, point: Point) -> None:
        """Make the change that a point proposes."""
        if not self.saved():
            return
        again = [one for one in self.gate.points if one.sentence == point.sentence]
        if again:
            self.act(lambda: self.desk.village.writing.fix(self.kept(), again[0]), "已照改")

    def mend(self) -> None:
        """Make all proposed changes."""
        if self.saved():
            self.act(lambda: self.desk.village.notices.mend(self.kept()), "都照改了")

    def put_on_one_page(self) -> None:
        """Set the paper on one page, or as it was; what was changed stands below."""
        if self.notice is None or not self.saved():
            return
        notices = self.desk.village.notices
        wanted = not notices.paper_of(self.kept()).one_page
        said = "排成一页了" if wanted else "按原来的排了"
        self.act(lambda: notices.put_on_one_page(self.kept(), wanted=wanted), said)

    def show_point(self, point: Point) -> None:
        """Turn the preview to where a point stands."""
        self.pair.show_side("paper")
        self.preview.show_mark(point.number)

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

    def set_narrow(self, *, narrow: bool) -> None:
        """Arrange for a narrow or an ordinary window."""
        self.pair.set_narrow(narrow)
        self.form.set_narrow(narrow)

    def leave(self) -> None:
        """Go back to the list; what was typed is kept first."""
        if self.saved():
            self.left.emit()

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

    def show_again(self) -> None:
        """Show the notice as it is kept now, unless somebody types into it."""
        self.reload()

    def tell(self, sentence: str) -> None:
        """Say why something was not done."""
        self.desk.asking.ask(Question("没有办成", [("为什么", sentence)], light="fault"))
