"""Pages of the kit's parts, as subjects will make them: for layout and reading tests."""

from __future__ import annotations

import io

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.lists import CountedList
from village_app.domain.kinds import LONG_TEXT, MONEY, PERSON_NAME, PHONE, FieldDeclaration
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chain import Chain, Link
from village_app.ui.kit.chart import Bar, BarChart
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.figures import Figure, FigureStrip
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.money_bar import Money, MoneyPanel
from village_app.ui.kit.preview import Mark, PaperPreview
from village_app.ui.kit.quick_entry import QuickEntry, Understood
from village_app.ui.kit.quorum import Quorum, QuorumPanel
from village_app.ui.kit.seats import Seat, SeatGrid
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.stages import Stage, StageTrack
from village_app.ui.kit.steps import StepBar
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import DocumentAndPaper, ListAndDetail, SideBySide
from village_app.ui.kit.timeline import Event, Timeline
from village_app.ui.kit.track import State
from village_app.ui.kit.votes import VotePanel, Votes
from village_app.ui.page import Desk, Page, PageEntry


def two_page_pdf() -> bytes:
    """Write a PDF of two A4 pages: page 1 has a black square 20 mm from left and top."""
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(210 * mm, 297 * mm))
    canvas.setFillColorRGB(0.7, 0.15, 0.12)
    canvas.rect(20 * mm, (297 - 40) * mm, 20 * mm, 20 * mm, stroke=0, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scrolled(*widgets: QWidget) -> Scroll:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 8, 0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return Scroll(inside)


class HomeSample(Page):
    title = "首页"
    keys = (Key("↑ ↓", "选一件"), Key("Enter", "去办"), Key("Ctrl+J", "记一件事"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        main = Button("记一件事", icon="pen", key="Ctrl+J", kind="primary")
        self.head = PageHead("十一月二十四日　星期二", fact="农历十月十六", buttons=[main])
        self.figures = FigureStrip(
            [
                Figure("over", "已超期", "2", "件", "最久超 4 天：三组路灯", "over"),
                Figure("today", "今天到期", "3", "件", "最早 11:30 前", "today"),
                Figure("post", "等着公示", "4", "项", "1 项明天是最后一天"),
                Figure("meet", "七天内会议", "2", "场", "今天 15:00 村民代表会议"),
                Figure("money", "在建项目结余", "214,584.00", "元", "5 个项目，预算减合同"),
            ]
        )
        todo = RecordTable(CountedList(8), name="todo", title="今日待办")
        todo.show_rows(5)
        chart = Sheet("近 12 个月诉求")
        months = [Bar(str(n), str(n), (n, 5, 3, 2)) for n in range(1, 13)]
        names = ["环境卫生", "市政设施", "邻里纠纷", "其他"]
        chart.add(BarChart(names, months, name="近 12 个月诉求"), 1)
        self.columns_ = SideBySide([(todo, 58), (chart, 42)])
        for widget in (self.head, self.figures):
            self.body.addWidget(widget)
        self.body.addWidget(self.columns_, 1)

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.figures.set_narrow(narrow)
        self.columns_.set_narrow(narrow)


class ListSample(Page):
    title = "诉求台账"
    keys = (Key("Ctrl+J", "写一句"), Key("Enter", "打开"), Key("Ctrl+T", "添一步"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        buttons = [Button("接访登记", icon="person", key="F5"), Button("打印", icon="printer")]
        self.head = PageHead("诉求台账", fact="今年 128 件，按期办结率 93.4%", buttons=buttons)
        entry = QuickEntry("谁、在哪、什么事，写一句")
        found = ("人", "钟桂芳"), ("地", "三组祠堂边"), ("限", "72 小时")
        entry.show_understood([Understood(sort, sort, said) for sort, said in found])
        chips = ChipRow([Chip("open", "未办结", 37), Chip("over", "超期", 2, "over")])
        self.table = RecordTable(CountedList(37), name="issues", title="诉求台账")
        self.table.add_column_choice()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (entry, chips):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        detail = Sheet()
        detail.add(LightLabel(Light("ok", "还有 26 天"), pill=True, role="small"))
        links = [
            Link("issue", "book", "诉求", "0031号", "03-01"),
            Link("project", "building", "项目", "隔项2号", "施工 60%", "now"),
            Link("notice", "board", "公示", "付款公示", "最迟 11-25", "ahead"),
        ]
        facts = Facts([("反映人", "钟桂芳等 12 人"), ("经办", "叶志坚，协办 邓永康")])
        events = [Event("登记：夜里看不见路，老人摔过两次", "03-01 09:12 · 陈丽珍")]
        detail.add(scrolled(facts, Chain(links), Timeline(events)), 1)
        self.pair = ListAndDetail(left, detail)
        self.body.addWidget(self.head)
        self.body.addWidget(self.pair, 1)

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.pair.set_narrow(narrow)
        self.table.set_narrow(narrow)


class RecordSample(Page):
    title = "项目公开"
    keys = (Key("Ctrl+T", "记一笔付款"),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head = PageHead("二、三组村道路灯改造工程", fact="隔项〔2026〕2号 · 施工中 60%")
        states: tuple[State, ...] = (
            *("done", "done", "missing", "now"),
            *("ahead", "ahead", "ahead", "ahead"),
        )
        names = ("提出", "议事", "比价", "施工", "验收", "结算", "公示", "管护")
        stages = [
            Stage(name, name, "03-06", state, 60, ("报价单 1 份",) if state == "missing" else ())
            for name, state in zip(names, states, strict=True)
        ]
        track, money = Sheet("走到哪一步"), Sheet("钱", "单位：元")
        track.add(StageTrack(stages))
        self.money = MoneyPanel(Money(40_600_000, 45_236_000, 27_141_600))
        money.add(self.money)
        banner = Banner("soon", "明天是公示的最后一天。", link="去公示")
        self.body.addWidget(self.head)
        self.body.addWidget(scrolled(banner, track, money), 1)

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.money.set_narrow(narrow)


class MeetingSample(Page):
    title = "议事厅会议"
    keys = (Key("空格", "签到"),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        pill = Light("today", "开会中 42 分钟")
        self.head = PageHead("第四次村民代表会议", pill=pill, fact="党群议事厅")
        here = Sheet("签到")
        here.add(QuorumPanel(Quorum(45, 38, 30, "三分之二")))
        here.add(scrolled(SeatGrid([Seat(n, "欧阳志明", "present") for n in range(45)])), 1)
        vote, panel = Sheet("表决：议题三"), VotePanel()
        panel.set_votes(Votes(38, 37, 36, 1, 31, 3, 2))
        panel.show_result("通过", "赞成 31 票，过半（须 20 票）。", "done")
        vote.add(scrolled(panel), 1)
        self.pair = ListAndDetail(here, vote, width=330)
        self.body.addWidget(self.head)
        self.body.addWidget(self.pair, 1)

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.pair.set_narrow(narrow)


class NoticeSample(Page):
    title = "公示公告"
    keys = (Key("Ctrl+P", "打印"),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = RecordForm(
            (
                FieldDeclaration("name", "联系人", PERSON_NAME, required=True),
                FieldDeclaration("phone", "电话", PHONE, hint="可填多个，用空格隔开"),
                FieldDeclaration("fee", "金额（元）", MONEY),
                FieldDeclaration("text", "正文", LONG_TEXT),
            ),
            lines=[("name", "phone")],
        )
        preview = PaperPreview()
        preview.set_pdf(two_page_pdf())
        preview.set_marks([Mark(1, 1, 20)])
        sheet = Sheet("写公示")
        sheet.add(scrolled(self.form), 1)
        gate = Sheet("公开前把关", "这张纸会贴在墙上，谁都能看到")
        gate.add(StepBar(["写", "把关", "打印"], 1))
        self.document = DocumentAndPaper(sheet, preview, under=gate)
        self.body.addWidget(self.document, 1)

    def lay_out(self, narrow: bool) -> None:
        self.form.set_narrow(narrow)
        self.document.set_narrow(narrow)


SAMPLES = {
    "home": HomeSample,
    "issues": ListSample,
    "project": RecordSample,
    "meeting": MeetingSample,
    "notice": NoticeSample,
}


def sample_entries() -> list[PageEntry]:
    """Give the samples as pages of a window."""
    return [
        PageEntry(key, page.title, page.title[:2], "book", "民情", page)
        for key, page in SAMPLES.items()
    ]
