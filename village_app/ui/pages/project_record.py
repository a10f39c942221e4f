"""One project as a record: facts, stages, money, payments and photos (look: 05-project)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.projects import (
    Payment,
    Project,
)
from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.domain.money import share_of, show_money, show_share
from village_app.domain.project_course import Stage
from village_app.errors import Refused
from village_app.services.project_files import ProjectFile
from village_app.ui.kit.banner import Banner, BannerKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.lights import Light, LightKind, LightLabel
from village_app.ui.kit.money_bar import Money, MoneyPanel
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.stages import Stage as ShownStage
from village_app.ui.kit.stages import StageTrack
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.kit.track import State
from village_app.ui.pages.project_paying import ProjectPaying
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.projects import ProjectsPage

PAYMENT_COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=104),
    ColumnSpec("label", "款项", TEXT, width=110),
    ColumnSpec("payee", "收款方", TEXT, width=150, stretch=True),
    ColumnSpec("receipt", "票据号", TEXT, width=96, narrow=False),
    ColumnSpec("amount", "金额（元）", MONEY, width=110),
    ColumnSpec("state", "状态", TEXT, width=92),
)
PHOTO_PURPOSES = (
    ("施工前照片", "施工前"),
    ("施工中照片", "施工中"),
    ("完工照片", "完工"),
)
_LIGHTS: dict[str, LightKind] = {
    "requested": "today",
    "approved": "soon",
    "paid": "done",
    "cancelled": "same",
}


class ProjectRecord(ProjectPaying):
    """Shows one project and opens the forms that carry it on."""

    def __init__(self, page: ProjectsPage) -> None:
        super().__init__(page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(10))
        self._make_head(outer)
        self.banner = Banner("stop", "")
        column.addWidget(self.banner)
        column.addWidget(self._make_facts())
        column.addWidget(self._make_track())
        column.addWidget(self._make_money())
        self.below = QHBoxLayout()
        self.below.setSpacing(theme().px(12))
        self.below.addWidget(self._make_payments(), 60)
        self.below.addWidget(self._make_photos(), 44)
        column.addLayout(self.below, 1)
        outer.addWidget(Scroll(inside), 1)

    # Parts

    def _make_head(self, outer: QVBoxLayout) -> None:
        self.head = PageHead(
            "项目",
            buttons=[
                Button("发资金公示", icon="board", key="F4", kind="primary", press=self.publish),
                Button("做项目海报", icon="printer", press=self.make_poster),
                Button("修改", icon="pen", key="F2", press=self.correct),
                Button("回列表", icon="left", key="Alt+Left", press=self.page.go_back),
            ],
        )
        outer.addWidget(self.head)

    def _make_facts(self) -> Sheet:
        sheet = Sheet()
        self.facts = Facts(columns=2)
        sheet.add(self.facts)
        sheet.add_hairline()
        self.funding = Text("", wrap=True)
        self.balance = LightLabel(Light("done"))
        row = QHBoxLayout()
        row.addWidget(self.funding, 1)
        row.addWidget(self.balance)
        sheet.body.addLayout(row)
        return sheet

    def _make_track(self) -> Sheet:
        sheet = Sheet("走到哪一步")
        self.missing = Text("", "small", "red")
        self.steps = QHBoxLayout()
        sheet.head.addLayout(self.steps)
        sheet.head.addWidget(self.missing)
        self.track = StageTrack()
        self.track.pressed.connect(lambda _stage: self.keep_paper())
        sheet.add(self.track)
        return sheet

    def _make_money(self) -> Sheet:
        sheet = Sheet("钱", "单位：元")
        self.money = MoneyPanel()
        sheet.add(self.money)
        return sheet

    def _make_payments(self) -> Sheet:
        sheet = Sheet("付款", flush=True)
        self.paid_note = Text("", "small", "green")
        sheet.head.insertWidget(2, self.paid_note)
        sheet.head.addWidget(Button("申请付款", kind="quiet", press=self.request_payment))
        sheet.head.addWidget(Button("记一笔", icon="plus", key="Ctrl+T", press=self.pay))
        self.payments = RecordTable(ShortList(PAYMENT_COLUMNS), name="payments", measure="笔")
        self.payments.opened.connect(lambda _key: self.cancel_payment())
        self.payments.add_link("撤销这一笔", self.cancel_payment)
        self.payments.add_link("审批或付出", self.go_on_with_payment)
        sheet.add(self.payments, 1)
        return sheet

    def _make_photos(self) -> Sheet:
        sheet = Sheet("照片")
        for purpose, word in PHOTO_PURPOSES:
            add = Button(word, icon="camera", kind="quiet", press=partial(self.add_photo, purpose))
            sheet.head.addWidget(add)
        self.photos = QWidget()
        self.photo_row = QHBoxLayout(self.photos)
        self.photo_row.setContentsMargins(0, 0, 0, 0)
        sheet.add(self.photos, 1)
        return sheet

    # Data

    def show_project(self, project_id: int) -> None:
        """Show a project by its id."""
        self.project_id = project_id
        self.refresh()

    def refresh(self) -> None:
        if self.project_id is None:
            return
        project = self.desk.village.projects.get(self.project_id)
        file = self.desk.village.projects.file(project)
        self.file = file
        progress = f" {_percent(project.progress)}" if project.progress is not None else ""
        state = Project.declaration("state").kind.show(project.state)
        self.head.set_title(project.name, f"{project.number or ''} · {state}{progress}")
        self._show_findings(project)
        self.facts.set_facts(_facts(file))
        self.funding.setText(_funding(file))
        self.balance.set_light(_balance(file))
        stages = self.desk.village.projects.stages(project)
        self.track.set_stages([_shown(one, project.progress) for one in stages])
        lacking = sum(len(one.missing) for one in stages)
        self.missing.setText(f"缺 {lacking} 份材料" if lacking else "")
        self._show_steps(file)
        money = file.money_paid
        paid = money.paid + money.returned
        self.money.set_money(Money(project.budget, money.owed_in_all or 0, paid))
        self._show_payments(file)
        self._show_photos(project)

    def _show_findings(self, project: Project) -> None:
        found = self.desk.village.projects.findings(project)
        self.banner.setVisible(bool(found))
        if found:
            kind: BannerKind = "stop" if found[0].severity == "error" else "soon"
            more = f"（还有 {len(found) - 1} 条）" if len(found) > 1 else ""
            self.banner.show_sentence(kind, f"{found[0].rule}：{found[0].message}{more}")
            self.banner.setToolTip("\n".join(one.message for one in found))

    def _show_steps(self, file: ProjectFile) -> None:
        while (item := self.steps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for words, press in self._possible(file):
            self.steps.addWidget(Button(words, kind="quiet", press=press))

    def _possible(self, file: ProjectFile) -> list[tuple[str, Callable[[], object]]]:
        """Give what can be taken down now, in the order of the stages."""
        steps: list[tuple[str, Callable[[], object]]] = [("登记资金来源", self.add_source)]
        if file.contract is None:
            steps.append(("登记报价", self.quote))
            if file.quotations:
                steps.append(("选定报价", self.choose))
            steps.append(("登记合同", self.sign))
        elif file.settlement is None:
            steps.append(("登记变更", self.order_change))
            if any(one.approved_on is None for one in file.changes):
                steps.append(("批准变更", self.approve_change))
            steps.append(("登记验收", self.accept))
            if file.acceptance is not None:
                steps.append(("登记结算", self.settle))
        steps.append(("归入材料", self.keep_paper))
        steps.append(("监督和疑问", self.ask_or_visit))
        steps.append(("发环节公示", self.publish_stage))
        steps.append(("存表格", self.save_sheet))
        return steps

    def _show_payments(self, file: ProjectFile) -> None:
        due, paid = file.money.owed_in_all, file.money_paid.paid + file.money_paid.returned
        share = show_share(share_of(paid, due)) if due else ""
        self.paid_note.setText(f"已付 {share}" if share else "")
        rows = [
            ListRow(
                one.id,
                {
                    "day": one.day,
                    "label": one.label,
                    "payee": one.payee,
                    "receipt": one.invoice or one.voucher,
                    "amount": one.amount,
                    "state": Light(
                        _LIGHTS[one.state], Payment.declaration("state").kind.show(one.state)
                    ),
                },
                muted=one.state == "cancelled",
            )
            for one in file.payments
        ]
        planned = {one.label for one in file.payments}
        rows += [
            ListRow(
                one.id,
                {
                    "day": one.due_on,
                    "label": one.label,
                    "amount": one.amount,
                    "state": Light("ok", "未到期"),
                },
                muted=True,
            )
            for one in file.plan
            if one.label not in planned
        ]
        self.payments.refresh(ShortList(PAYMENT_COLUMNS, rows))

    def _show_photos(self, project: Project) -> None:
        while (item := self.photo_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        attachments = self.desk.village.attachments
        shown = 0
        for purpose, word in PHOTO_PURPOSES:
            kept = attachments.of(project, purpose=purpose)
            if kept:
                self.photo_row.addWidget(self._photo(kept[-1], word), 1)
                shown += 1
        if not shown:
            self.photo_row.addWidget(
                Text(
                    "还没有照片。施工前、施工中、完工各拍一张，张贴时一看就明白。",
                    "small",
                    "ink3",
                    wrap=True,
                )
            )

    def _photo(self, attachment: Any, word: str) -> QWidget:
        px = theme().px
        picture = QPixmap()
        try:
            picture.loadFromData(self.desk.village.attachments.read(attachment))
        except Refused as refusal:
            word = refusal.message
        label = Text("", "small")
        label.setAccessibleName(f"照片 {word}")
        label.setPixmap(
            picture.scaled(
                px(146),
                px(126),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label)
        taken = f" {attachment.taken_at:%m-%d}" if attachment.taken_at else ""
        column.addWidget(Text(f"{attachment.caption or word}{taken}", "small", "ink2", wrap=True))
        column.addStretch(1)
        return inside

    def set_narrow(self, narrow: bool) -> None:
        """Put payments above photos where the window is narrow."""
        self.head.set_narrow(narrow)
        self.money.set_narrow(narrow)
        direction = (
            QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        )
        self.below.setDirection(direction)


_STATES: dict[str, State] = {
    "done": "done",
    "missing": "missing",
    "current": "now",
    "todo": "ahead",
}


def _shown(stage: Stage, progress: int | None) -> ShownStage:
    """Give a stage as the track shows it; the works carry their progress in per cent."""
    works = stage.code == "works"
    missing = stage.missing
    if len(missing) > 1:
        missing = (f"{len(missing)} 份材料",)
    when = stage.day.strftime("%m-%d") if stage.day else ""
    if stage.state == "current" and not works:
        when = "现在"
    return ShownStage(
        stage.code,
        stage.label,
        when,
        _STATES[stage.state],
        (progress or 0) // 100 if works else 0,
        missing,
    )


def _facts(file: ProjectFile) -> list[tuple[str, str]]:
    project, contract = file.project, file.contract
    method = Project.declaration("method").kind.show(project.method)
    firm = f"{contract.firm}（{method}）" if contract is not None else "还没有定"
    watching = [
        *((f"监委会 {project.supervisor}",) if project.supervisor else ()),
        *((f"村民监督员 {project.monitor}",) if project.monitor else ()),
    ]
    people = f"，{project.people_served} 人" if project.people_served else ""
    reason = "；".join(part for part in (project.reason, project.basis) if part)
    return [
        ("做什么", project.content or ""),
        ("谁来做", firm),
        ("为什么", reason),
        ("谁监督", "，".join(watching)),
        ("谁受益", f"{project.benefit or ''}{people}"),
        ("谁负责", project.responsible or ""),
    ]


def _funding(file: ProjectFile) -> str:
    """Write where the money comes from as the sum that must come out."""
    if not file.sources:
        return "钱哪来　还没有登记资金来源"
    parts = " ＋ ".join(f"{one.name} {show_money(one.amount)}" for one in file.sources)
    total = sum(one.amount for one in file.sources)
    budget = f"预算 {show_money(file.project.budget)}"
    return f"钱哪来　{parts} ＝ {budget if total == file.project.budget else show_money(total)}"


def _balance(file: ProjectFile) -> Light:
    """Say whether the funding makes the budget, and by how much it does not."""
    lacking = file.project.budget - sum(one.amount for one in file.sources)
    if not lacking:
        return Light("done", "对得上")
    word = "比预算还差" if lacking > 0 else "比预算多出"
    return Light("fault", f"{word} {show_money(abs(lacking))}")


def _percent(share: int) -> str:
    """Write a share as people say it: 60%, and 62.50% where it is not whole."""
    return show_share(share).replace(".00%", "%")
