"""The chosen matter beside the list: facts, its chain, what was done, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.issues import Issue
from village_app.domain.calendar import CHINA
from village_app.domain.issue_course import IssueLight
from village_app.services.issues.chain import Station
from village_app.services.issues.issues import IssueFile
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chain import Chain, Link
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.kit.timeline import Event, Timeline
from village_app.ui.page import Desk
from village_app.ui.pages.issues.photos import IssuePhotoStrip
from village_app.ui.theme import theme

MOST_STATIONS = 5
# The usual next move of each state, and its verb.
NEXT: dict[str, tuple[str, str]] = {
    "registered": ("assign", "交办"),
    "accepted": ("assign", "交办"),
    "working": ("finish", "写结果"),
    "held": ("resume", "恢复办理"),
    "reported": ("resume", "恢复办理"),
    "answering": ("answer", "反馈"),
    "visiting": ("visit", "回访"),
    "closed": ("archive", "归档"),
}


class _Column(QWidget):
    """What scrolls: as high as its wrapped sentences need at this width, never squeezed."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            layout = self.layout()
            if layout is not None and layout.hasHeightForWidth():
                self.setMinimumHeight(layout.heightForWidth(self.width()))
        return done


class IssueDetail(Sheet):
    """One matter; it hands every wish to the page.

    `wish` is called with the code of a move, `see_chain` asks for the whole chain.
    """

    def __init__(
        self, desk: Desk, wish: Callable[[str], object], see_chain: Callable[[], object]
    ) -> None:
        super().__init__()
        self._wish = wish
        self._go = desk.go
        self._stations: dict[str, Station] = {}
        self.number = Text("", "small", "ink2")
        self.pill = LightLabel(Light("ok"), pill=True, role="small")
        self.heading = Text("", "songh2", wrap=True)
        self.facts = Facts()
        self.history = Text("", "small", "amber", wrap=True)
        self.chain = Chain()
        self.chain.pressed.connect(self._go_to)
        self.whole_chain = Button("", kind="link", press=see_chain)
        self.photos = IssuePhotoStrip(desk)
        self.timeline = Timeline()
        self._inside = _Column()
        self._fill()
        self._make_buttons()
        self.show_nothing()

    def _fill(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.number, 1)
        head.addWidget(self.pill)
        self.body.addLayout(head)
        self.add(self.heading)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.setSpacing(theme().px(8))
        column.addWidget(self.facts)
        column.addWidget(self.history)
        above = QHBoxLayout()
        above.addWidget(Text("来龙去脉", "h3"))
        above.addStretch(1)
        above.addWidget(self.whole_chain)
        column.addLayout(above)
        column.addWidget(self.chain)
        row = QHBoxLayout()
        row.addWidget(Text("办理过程", "h3"))
        row.addWidget(Text("只添不改", "small", "ink3"))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.timeline)
        column.addWidget(Text("照片", "h3"))
        column.addWidget(self.photos)
        column.addStretch(1)
        self.add(Scroll(self._inside), 1)
        self.add_hairline()

    def _make_buttons(self) -> None:
        self.step_button = Button(
            "添一步", icon="plus", key="Ctrl+T", kind="primary", press=lambda: self._wish("step")
        )
        self.next_button = Button("交办", key="Ctrl+Enter", press=self._next)
        self.file_button = Button("一事一档", icon="printer", press=lambda: self._wish("file"))
        self.more_button = Button(
            "更多", icon="more", key="Ctrl+M", press=lambda: self._wish("more")
        )
        self.buttons = (self.step_button, self.next_button, self.file_button, self.more_button)
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        for button in self.buttons:
            flow.addWidget(button)
        self.add(holder)
        self._next_code = ""

    def show_nothing(self) -> None:
        """Show that no matter is chosen."""
        self.number.setText("")
        self.heading.setText("还没有选诉求")
        self.facts.set_facts([])
        self.history.hide()
        self._inside.hide()
        self.pill.hide()
        for button in self.buttons:
            button.setEnabled(False)

    def show_issue(
        self, file: IssueFile, light: IssueLight, stations: Iterable[Station], history: str
    ) -> None:
        """Show a matter with all that belongs to it."""
        issue = file.issue
        self.number.setText(issue.number or "")
        self.pill.set_light(Light(light.kind, light.word))
        self.pill.show()
        self._inside.show()
        self.heading.setText(issue.heading)
        self.facts.set_facts(_facts(file))
        self.history.setText(history)
        self.history.setVisible(bool(history))
        self._show_chain(stations)
        self.timeline.set_events(_events(file))
        self.photos.show_issue(issue)
        self._next_code, word = NEXT.get(issue.state, ("", ""))
        self.next_button.setVisible(bool(word))
        self.next_button.set_words(word or "没有下一步")
        for button in self.buttons:
            button.setEnabled(True)

    def ready_to_close(self) -> None:
        """Offer the closing: everything it needs is there."""
        self._next_code = "close"
        self.next_button.set_words("办结")

    def _show_chain(self, stations: Iterable[Station]) -> None:
        # The last of each kind; what lies between stands in the whole file.
        all_stations = tuple(stations)
        self.whole_chain.set_words(f"看全部 {len(all_stations)} 环")
        self.whole_chain.setVisible(len(all_stations) > 2)
        shown = list({one.name: one for one in all_stations}.values())
        if len(shown) > MOST_STATIONS:
            shown = [shown[0], *shown[1 - MOST_STATIONS :]]
        self._stations = {str(at): one for at, one in enumerate(shown)}
        self.chain.set_links(
            Link(
                key,
                one.icon,
                one.name,
                _short(one.number),
                f"{one.day:%m-%d}" if one.day else "还没到",
                "done" if one.done else "ahead",
            )
            for key, one in self._stations.items()
        )

    def _go_to(self, key: str) -> None:
        station = self._stations[key]
        if station.page != "issues":
            self._go(station.page, station.id)

    def _next(self) -> None:
        if self._next_code:
            self._wish(self._next_code)


def _short(number: str) -> str:
    return number.rpartition("〕")[2] if "〕" in number else number[:6]


def _facts(file: IssueFile) -> list[tuple[str, str]]:
    issue = file.issue
    phone = Issue.declaration("phone").kind.mask(issue.phone) if issue.phone else ""
    anonymous = issue.reporter_kind == "anonymous"
    who = "匿名" if anonymous else " ".join(part for part in (issue.reporter, phone) if part)
    behalf = f"，代{issue.behalf_of}反映" if issue.behalf_of else ""
    helpers = [one.handler for one in file.assignments if one.role == "helper" and not one.until]
    with_helpers = f"，协办 {'、'.join(helpers)}" if helpers else ""
    facts = [
        ("反映人", f"{who}{behalf}" or "没有写"),
        ("类别", " · ".join(part for part in (issue.category, issue.subcategory) if part)),
        ("地点", issue.place or ""),
        ("经办", f"{issue.handler}{with_helpers}" if issue.handler else "还没有交办"),
        ("应办结", _due_words(issue)),
        ("结果", issue.result or ""),
    ]
    return [(name, value) for name, value in facts if value]


def _due_words(issue: Issue) -> str:
    if issue.due is None:
        return ""
    local = issue.due.astimezone(CHINA)
    ends_the_day = (local.hour, local.minute) == (23, 59)
    day = f"{local:%Y-%m-%d}" if ends_the_day else f"{local:%Y-%m-%d %H:%M}"
    later = f"，延期 {issue.extensions} 次" if issue.extensions else ""
    again = f"，重办 {issue.reopened} 次" if issue.reopened else ""
    return f"{day}{'（暂估）' if issue.due_estimated else ''}{later}{again}"


def _events(file: IssueFile) -> Iterable[Event]:
    kind = type(file.steps[0]).declaration("kind").kind if file.steps else None
    for step in file.steps:
        word = kind.show(step.kind) if kind is not None else ""
        sentence = step.text if step.text.startswith(word) else f"{word}：{step.text}"
        at = step.at.astimezone(CHINA)
        note = f"{at:%m-%d %H:%M} · {step.author}"
        yield Event(sentence, note, "hold" if step.kind == "held" else "done")
    if file.issue.state in {"working", "accepted", "answering", "visiting"}:
        if not file.issue.answered_at:
            yield Event("向反映人反馈", "办结前要做", "ok", ahead=True)
        yield Event("回访", "办结前要做", "ok", ahead=True)
