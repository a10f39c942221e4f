"""One project as a record: facts, stages, money, payments, photos, voices (look: 05-project)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.projects import Project
from village_app.services.projects.files import ProjectFile
from village_app.ui.asking import Question
from village_app.ui.kit.banner import Banner, BannerKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.money_bar import Money, MoneyPanel
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.stages import StageTrack
from village_app.ui.kit.text import Text
from village_app.ui.pages.projects.paying import ProjectPaying
from village_app.ui.pages.projects.payment_list import PaymentList
from village_app.ui.pages.projects.photos import PhotoWall
from village_app.ui.pages.projects.shown import (
    balance_of,
    facts_of,
    funding_of,
    percent,
    shown_stage,
    years_of,
)
from village_app.ui.pages.projects.voices import Voices
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.projects.projects import ProjectsPage

Step = tuple[str, Callable[[], object]]


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
        self.wall = PhotoWall(self.desk.village.attachments, self.show_photos)
        self.below.addWidget(self.wall, 44)
        column.addLayout(self.below, 1)
        self.voices = Voices(self.ask_question, self.visit, self.reply_to)
        column.addWidget(self.voices)
        outer.addWidget(Scroll(inside), 1)

    # Parts

    def _make_head(self, outer: QVBoxLayout) -> None:
        self.head = PageHead(
            "项目",
            buttons=[
                Button(
                    "发资金公示",
                    icon="board",
                    key="F4",
                    bind=False,
                    kind="primary",
                    press=self.publish,
                ),
                Button("修改", icon="pen", key="F2", bind=False, press=self.correct),
                Button("回列表", icon="left", key="Alt+Left", bind=False, press=self.page.go_back),
            ],
        )
        self.more = MoreButton(self.wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        outer.addLayout(row)
        bind(self.wishes(), self)

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
        self.missing = LightLabel(Light("fault"), role="small")
        self.steps = QHBoxLayout()
        sheet.head.addLayout(self.steps)
        sheet.head.addWidget(self.missing)
        self.track = StageTrack()
        self.track.pressed.connect(lambda _stage: self.keep_paper())
        sheet.add(self.track)
        return sheet

    def _make_money(self) -> Sheet:
        sheet = Sheet()
        self.money = MoneyPanel()
        sheet.add(self.money)
        self.by_year = Text("", "small", "ink2", wrap=True)
        sheet.add(self.by_year)
        return sheet

    def _make_payments(self) -> PaymentList:
        sheet = self.payment_list = PaymentList()
        sheet.head.addWidget(Button("付款计划", kind="quiet", press=self.plan_payment))
        sheet.head.addWidget(Button("申请付款", kind="quiet", press=self.request_payment))
        sheet.head.addWidget(
            Button("记一笔", icon="plus", key="Ctrl+T", bind=False, press=self.pay)
        )
        self.payments = sheet.table
        self.payments.opened.connect(lambda _key: self.open_payment())
        self.claim_link = self.payments.add_link("账上的归进来", self.claim)
        self.payments.add_link("票据照片", self.open_payment)
        self.payments.add_link("撤销这一笔", self.cancel_payment)
        self.payments.add_link("审批或付出", self.go_on_with_payment)
        return sheet

    # Data

    def show_project(self, project_id: int) -> None:
        """Show a project by its id."""
        self.project_id = project_id
        self.refresh()

    def refresh(self) -> None:
        if self.project_id is None:
            return
        village = self.desk.village
        project = village.projects.get(self.project_id)
        file = self.file = village.projects.file(project)
        progress = f" {percent(project.progress)}" if project.progress is not None else ""
        state = Project.declaration("state").kind.show(project.state)
        self.head.set_title(project.name, f"{project.number or ''} · {state}{progress}")
        self._show_findings(project)
        self.facts.set_facts(facts_of(file))
        self.funding.setText(funding_of(file))
        self.balance.set_light(balance_of(file))
        self._show_stages(file)
        self._show_money(file)
        today = village.session.today()
        self.payment_list.show_file(file, today)
        self._show_unclaimed(project)
        self.wall.show_project(project)
        questions = village.questions
        self.voices.show_voices(questions.about(project), questions.visits(project), today)

    def _show_stages(self, file: ProjectFile) -> None:
        stages = self.desk.village.projects.stages(file.project)
        self.track.set_stages([shown_stage(one, file.project.progress) for one in stages])
        lacking = sum(len(one.missing) for one in stages)
        self.missing.set_light(Light("fault", f"缺 {lacking} 份材料"))
        self.missing.setVisible(lacking > 0)
        empty(self.steps)
        for words, press in self._possible(file):
            self.steps.addWidget(Button(words, kind="quiet", press=press))

    def _show_money(self, file: ProjectFile) -> None:
        money = file.money_paid
        paid = money.paid + money.returned
        self.money.set_money(Money(file.project.budget, money.owed_in_all or 0, paid))
        years = years_of(file)
        self.by_year.setText(years)
        self.by_year.setVisible(bool(years))

    def _show_unclaimed(self, project: Project) -> None:
        count = len(self.desk.village.project_claims.candidates(project))
        self.claim_link.setVisible(count > 0)
        self.claim_link.set_words(f"账上还有 {count} 笔没归进来")

    def _show_findings(self, project: Project) -> None:
        found = self.desk.village.projects.findings(project)
        self.banner.setVisible(bool(found))
        if found:
            kind: BannerKind = "stop" if found[0].severity == "error" else "soon"
            more = f"（还有 {len(found) - 1} 条）" if len(found) > 1 else ""
            self.banner.show_sentence(kind, f"{found[0].rule}：{found[0].message}{more}")
            self.banner.setToolTip("\n".join(one.message for one in found))

    # Wishes

    def _possible(self, file: ProjectFile) -> list[Step]:
        """Give what can be taken down now, in the order of the stages."""
        steps: list[Step] = [("登记资金来源", self.add_source)]
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
        steps.append(("发环节公示", self.publish_stage))
        return steps

    def wishes(self) -> list[Wish]:
        """Give what can be done with the project besides its next step."""
        return [
            Wish("发资金公示", self.publish, "F4"),
            Wish("修改", self.correct, "F2"),
            Wish("记一笔付款", self.pay, "Ctrl+T"),
            Wish("回列表", self.page.go_back, "Alt+Left"),
            Wish("做项目海报", self.make_poster, divides=True),
            Wish("发照片对照公示", self.publish_photos),
            Wish("存表格（比价表、验收单、一览表等）", self.save_sheet),
            Wish("看有什么不对", self.show_findings),
        ]

    def show_findings(self) -> None:
        """Show every finding with its rule, not only the first."""
        found = self.desk.village.projects.findings(self._project())
        lines = [(one.rule, one.message) for one in found] or [("", "没有发现不对的地方。")]
        self.desk.asking.ask(Question(f"{self._project().name}：{len(found)} 条", lines))

    def set_narrow(self, narrow: bool) -> None:
        """Put payments above photos where the window is narrow."""
        self.head.set_narrow(narrow)
        self.money.set_narrow(narrow)
        self.payments.set_narrow(narrow)
        direction = (
            QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
        )
        self.below.setDirection(direction)
