"""One notice: form and 公开前把关 at the left, the paper at the right; its life once it hangs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.notices import Notice
from village_app.errors import Fault, Refused
from village_app.services.notices.writing import EDITABLE, Point
from village_app.ui.asking import Question
from village_app.ui.kit.action_row import ActionRow
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.preview import PaperPreview
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.templates import DocumentAndPaper
from village_app.ui.page import Desk
from village_app.ui.pages.notices.form import NoticeForm
from village_app.ui.pages.notices.gate import GatePanel
from village_app.ui.pages.notices.life import LifePanel
from village_app.ui.pages.notices.lights import light_of
from village_app.ui.pages.notices.marks import marks_of
from village_app.ui.pages.notices.output import NoticeOutput
from village_app.ui.pages.notices.printing import USUAL_COPIES
from village_app.ui.pages.notices.steps import NoticeSteps
from village_app.ui.theme import theme

_PAUSE = 500


class NoticeDocument(NoticeSteps):
    """The document page of one notice. `left` is sent when the user goes back to the list."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.output = NoticeOutput(self)
        self._preview_data = b""
        self._narrow = False
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
        self.head.show_beside(self.pair.tabs)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(10))
        body.addWidget(self.head)
        body.addWidget(self.pair, 1)
        self._pause = Pause(self, self.look_again, _PAUSE)
        self.form.edited.connect(self._pause.begin)

    def _make_gate_row(self) -> None:
        self.mend_button = Button(
            "都照改", icon="tick", key="Alt+A", kind="primary", press=self.mend
        )
        self.print_button = Button(
            "打印", icon="printer", key="Ctrl+P", press=self.output.printing.print_out
        )
        self.save_button = Button("存草稿", icon="save", key="Ctrl+S", press=self.save)
        self.release_button = Button("第二人放行", icon="key", press=self.release)
        self.file_buttons = {
            "pdf": Button("存 PDF", icon="paper", press=lambda: self.output.save_file("pdf")),
            "xlsx": Button("存 Excel", icon="sheet", press=lambda: self.output.save_file("xlsx")),
            "docx": Button("存 Word", icon="paper", press=lambda: self.output.save_file("docx")),
        }
        self.page_button = Button("一页排下", icon="paper", press=self.put_on_one_page)
        self.gate.head.addWidget(self.release_button)
        kept = (self.mend_button, self.print_button, self.save_button)
        self.ways_out = ActionRow(
            [
                *kept,
                self.page_button,
                *self.file_buttons.values(),
                Button("别的样子", icon="board", press=self.output.choose_other_form),
            ],
            keep=kept,
        )
        self.gate.add_row(self.ways_out)

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
        editable = notice.state in EDITABLE
        self.form.set_editable(editable=editable)
        self._form_sheet.setVisible(editable)
        self.life.setVisible(not editable)
        self._show_head(notice)
        if not editable:
            self.life.show_notice(notice)
        self._show_paper(notice)
        self._show_steps(notice, may_mend=any(point.fix for point in self.gate.points))

    def _show_head(self, notice: Notice) -> None:
        """Say what is written; the sheet below says how long a posted notice hangs."""
        first = "填写" if notice.state in EDITABLE else "贴出以后"
        self.pair.tabs.set_chips([Chip("form", first), Chip("paper", "看纸面")])
        if notice.state in EDITABLE:
            kind = Notice.declaration("kind").kind.show(notice.kind)
            self.head.set_title(f"写{kind}", notice.number or _ahead(notice))
            self.head.set_pill(light_of(notice, 0))
        else:
            self.head.set_title(notice.heading, "" if self._narrow else notice.number or "")
            self.head.set_pill(None)

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
        self.ways_out.offer(self.mend_button, editable and bool(fixable))
        self.mend_button.set_words(f"{len(fixable)} 处都照改")
        reason = f"把关还有 {len(held)} 处没过" if held else ""
        if notice.state == "void":
            reason = "已经作废"
        self.print_button.forbid(reason)
        self.print_button.set_words("打印" if editable else f"打印 {USUAL_COPIES} 份")
        stands_back = reason or editable or self.life.next_step
        self.print_button.set_kind("plain" if stands_back else "primary")
        self.ways_out.offer(self.save_button, editable)
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
        self.ways_out.offer(self.page_button, editable and (asked or self.preview.page_count > 1))
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

    def set_narrow(self, *, narrow: bool) -> None:
        """Arrange for a narrow or an ordinary window."""
        self.pair.set_narrow(narrow)
        self.gate.set_narrow(narrow=narrow)
        self.show_keys(shown=not narrow)
        self._narrow = narrow
        if self.notice is not None:
            self._show_head(self.notice)

    def _keys(self) -> tuple[tuple[Button, str], ...]:
        own = ((self.mend_button, "Alt+A"), (self.print_button, "Ctrl+P"))
        return (*super()._keys(), *own, (self.save_button, "Ctrl+S"))

    def leave(self) -> None:
        """Go back to the list; what was typed is kept first."""
        if self.saved():
            self.left.emit()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show faults under the fields of the form."""
        known = {declared.name for declared in self.form.declarations}
        self.form.set_faults([fault for fault in faults if fault.field in known])

    def show_again(self) -> None:
        """Show the notice as it is kept now, unless somebody types into it."""
        self.reload()

    def tell(self, sentence: str) -> None:
        """Say why something was not done."""
        self.desk.asking.ask(Question("没有办成", [("为什么", sentence)], light="fault"))


def _ahead(notice: Notice) -> str:
    """Say which steps a draft has before it."""
    if notice.state == "approved":
        return "已签发，可以发布"
    if notice.state == "checking" and notice.checked_by:
        return "监委会看过了，等签发"
    return "监委会看过，签发，再发布"
