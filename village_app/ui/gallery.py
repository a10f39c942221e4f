"""A page for those who build the program: the parts and their states, as the design shows them.

Run it with `python -m village_app.ui.gallery out.png [150] [contrast]`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from village_app.domain.kinds import MONEY, PERSON_NAME, PHONE, TEXT, FieldDeclaration
from village_app.errors import Fault
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chain import Chain, Link
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.money_bar import Money, MoneyBar
from village_app.ui.kit.progress import ProgressPanel
from village_app.ui.kit.seats import Seat, SeatGrid
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.steps import StepBar
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.kit.toast import Toast
from village_app.ui.theme import TYPE_SIZES, Theme, theme

_LIGHTS = (
    Light("over", "超期 4 天"),
    Light("today", "今天到期"),
    Light("soon", "还有 2 天"),
    Light("ok", "还有 9 天"),
    Light("done", "已办结"),
    Light("hold", "挂起"),
)
_RESULTS = (
    Light("new", "新增"),
    Light("same", "无变化"),
    Light("dup", "疑似重复"),
    Light("fault", "错误"),
)


class Gallery(QWidget):
    """All parts on one page."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(10))
        parts: tuple[tuple[str, Callable[[Sheet], None]], ...] = (
            ("按钮", _buttons),
            ("状态灯", _lights),
            ("筛选", _chips),
            ("表单行", _form),
            ("横幅", _banners),
            ("进度，可取消", _progress),
            ("表格", _table),
            ("步骤条、来龙去脉、金额条", _tracks),
            ("一闪提示", _toast),
        )
        columns = 3 if theme().type_size < 150 else 1
        for place, (title, fill) in enumerate(parts):
            sheet = Sheet(title)
            fill(sheet)
            sheet.add_stretch()
            grid.addWidget(sheet, place // columns, place % columns)
        for column, share in enumerate((45, 45, 39)[:columns]):
            grid.setColumnStretch(column, share)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(24), px(6), px(24), px(12))
        body.addWidget(PageHead("部件", fact="共治通界面零件和它们的状态"))
        body.addWidget(Scroll(inside), 1)


def _row(sheet: Sheet, *widgets: QWidget) -> None:
    box = QWidget()
    flow = FlowLayout(box)
    for widget in widgets:
        flow.addWidget(widget)
    sheet.add(box)


def _buttons(sheet: Sheet) -> None:
    grey = Button("灰着")
    grey.forbid("改好 1、2 两处就能按")
    main = Button("主要", icon="pen", key="Ctrl+J", kind="primary", bind=False)
    big = Button("大按钮", icon="printer", key="Ctrl+P", kind="primary", big=True, bind=False)
    danger = Button("危险", icon="cross", kind="danger")
    _row(sheet, main, Button("普通", icon="printer"), danger)
    _row(sheet, grey, Button("键盘焦点"), Button("文字链接", kind="link"))
    _row(sheet, big)


def _lights(sheet: Sheet) -> None:
    _row(sheet, *(LightLabel(light, pill=True, role="small") for light in _LIGHTS))
    _row(sheet, *(LightLabel(light) for light in _RESULTS))


def _chips(sheet: Sheet) -> None:
    chips = [
        Chip("all", "全部", 128),
        Chip("doing", "办理中", 21),
        Chip("over", "超期", 2, "over"),
        Chip("done", "已办结", 91, "done"),
    ]
    sheet.add(ChipRow(chips, on=["doing"]))
    sheet.add(ChipRow([Chip("old", "独居老人"), Chip("three", "第三小组")], together=True))


def _form(sheet: Sheet) -> None:
    form = RecordForm(
        (
            FieldDeclaration("name", "姓名", PERSON_NAME, required=True),
            FieldDeclaration("number", "证件号", TEXT),
            FieldDeclaration("phone", "电话", PHONE, hint="可填多个，用空格隔开"),
        )
    )
    form.set_values({"name": "吴国标", "number": "4419**********1238"})
    form.set_faults([Fault("number", "check_digit", "校验位应为 X，请核对最后一位")])
    form.faults.hide()
    sheet.add(form)


def _banners(sheet: Sheet) -> None:
    sheet.add(Banner("done", "已照上次对好 8 列。", link="重新认"))
    sheet.add(Banner("soon", "U 盘备份已 6 天。", link="现在拷"))
    sheet.add(Banner("stop", "电脑时间比上一条记录早。", link="去校时"))
    sheet.add(Banner("info", "示范村数据，不会存。", link="退出", icon="question"))


def _progress(sheet: Sheet) -> None:
    panel = ProgressPanel("取消后，台账和现在一样，什么都没写。")
    panel.show_progress(193, 312, "正在核对第 193 行，共 312 行")
    sheet.add(panel)


def _table(sheet: Sheet) -> None:
    columns = (
        ColumnSpec("due", "期限", width=112),
        ColumnSpec("what", "事项", stretch=True),
        ColumnSpec("fee", "金额（元）", MONEY, width=120),
    )
    rows = [
        ListRow(1, {"due": _LIGHTS[0], "what": "选中：左边有竖条", "fee": 27_141_600}),
        ListRow(2, {"due": Light("ok", "还有 5 天"), "what": "平常", "fee": 3_364_000}),
        ListRow(3, {"due": _LIGHTS[4], "what": "长文字会省略，鼠标停住看全", "fee": -120_050}),
    ]
    table = RecordTable(ShortList(columns, rows), name="gallery", title="付款", measure="笔")
    table.choose_first()
    table.setMinimumHeight(theme().px(190))
    sheet.add(table)


def _tracks(sheet: Sheet) -> None:
    sheet.add(StepBar(["选文件", "对好列", "试导入"], current=1))
    links = (
        Link("issue", "book", "诉求", "0031号", "03-01"),
        Link("item", "hall", "议题", "第1次·二", "03-12"),
        Link("project", "building", "项目", "隔项2号", "60%", "now"),
        Link("notice", "board", "公示", "待发", "11-25", "ahead"),
    )
    sheet.add(Chain(links))
    sheet.add(MoneyBar(Money(48_600_000, 45_236_000, 27_141_600)))


def _toast(sheet: Sheet) -> None:
    area = QWidget()
    area.setFixedHeight(theme().px(96))
    sheet.add(area)
    toast = Toast(area)
    toast.say("已删除 1 条付款", lambda: None)
    toast.clock.stop()
    said = "停 8 秒；鼠标停住或焦点在上面就不走。Ctrl+Z 一直能撤。"
    sheet.add(Text(said, "small", "ink2", wrap=True))
    seats = (
        Seat(1, "到", "present"),
        Seat(2, "请假", "leave"),
        Seat(3, "未到"),
        Seat(4, "迟到", "late"),
        Seat(5, "委托", "proxy"),
    )
    sheet.add(SeatGrid(seats, columns=3))


def main(words: list[str]) -> int:
    """Write a picture of the page: path, type size, 高对比 if asked."""
    from village_app.ui.app import make_application
    from village_app.ui.dress import prepare
    from village_app.ui.pictures import save_picture

    wanted = int(words[1]) if len(words) > 1 else 100
    size = next((size for size in TYPE_SIZES if size == wanted), TYPE_SIZES[0])
    application = make_application()
    prepare(application, Theme(size, contrast="contrast" in words))
    written = save_picture(Gallery(), Path(words[0]), (1366, 768))
    print(f"{written.width()} × {written.height()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
