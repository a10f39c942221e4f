"""What is done on the page of reception days: planned, received, numbered forms, printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from village_app.db.records.receptions import ReceptionDay, ReceptionVisit
from village_app.domain.kinds import COUNT, LONG_TEXT, FieldDeclaration
from village_app.errors import Refused
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.issues import reception_forms as forms
from village_app.ui.pages.issues.print import IssuePrinting
from village_app.ui.pages.issues.reception_rows import BLANKS, PLAN, VISITS


class Shown(Protocol):
    """What the wishes ask of the page."""

    month: date
    shown: str
    numbers: Sequence[str]

    def choose(self, shown: str, record: int | None = None) -> None:
        """Show the plan, the visits or the blank forms, and there a record."""
        ...

    def current(self) -> int | None:
        """Give the key of the chosen row."""
        ...


class ReceptionWishes:
    """Carries out what buttons and keys of the page ask for."""

    def __init__(self, desk: Desk, page: Shown, over: QWidget) -> None:
        self.desk = desk
        self.page = page
        self.over = over
        self.printing = IssuePrinting(desk, over)
        self.dialog: FormDialog | None = None

    def wish(self, code: str) -> None:
        """Do something with the chosen row."""
        key = self.page.current()
        if key is None:
            return
        receptions = self.desk.village.receptions
        wishes: dict[str, Callable[[], object]] = {
            "issue": lambda: self.desk.go("issues", receptions.get(key).issue_id),
            "form": lambda: self._print_form(receptions.get(key)),
            "correct": lambda: self._correct(receptions.day(key)),
            "cancel": lambda: self._cancel(receptions.day(key)),
            "type": lambda: self.receive(self.page.numbers[key]),
            "void": lambda: self._void(self.page.numbers[key]),
        }
        wishes[code]()

    def receive(self, number: str = "") -> None:
        """Take a visit down on the reception form; `number` is that of a form on paper."""
        village = self.desk.village

        def save(typed: Typed) -> None:
            given = {name: word for name, word in typed.items() if word}
            said = given.pop("joins", "")
            joins = village.issues.by_number(said) if said else None
            visit = village.receptions.take_down(given, joins=joins, number=number)
            self.page.month = visit.day.replace(day=1)
            self.page.choose(VISITS, visit.id)
            self.desk.say(f"接访已登记 {visit.number}", self.desk.undo)

        today = village.session.today()
        values: dict[str, Any] = {"day": today, "people": 1, "is_first": True, "shape": "fixed"}
        day = village.receptions.on(today)
        if day is not None:
            values |= {"host": day.host, "post": day.post, "place": day.place}
        fields = forms.visit_fields(one.name for one in village.issues.categories())
        title = f"补录 {number}" if number else "接访登记"
        self._ask(title, fields, save, "登记", values, forms.VISIT_LINES)

    def plan_day(self) -> None:
        """Plan one day."""

        def save(typed: Typed) -> None:
            day = self.desk.village.receptions.plan({k: v for k, v in typed.items() if v})
            self.page.month = day.day.replace(day=1)
            self.page.choose(PLAN)
            self.desk.say(f"已安排 {day.day} {day.host}接访", self.desk.undo)

        self._ask("排一天接访", forms.day_fields(), save, "排上", {"shape": "fixed"})

    def plan_month(self) -> None:
        """Plan the month that is shown: the hosts in turn."""
        receptions = self.desk.village.receptions

        def save(typed: Typed) -> None:
            weekday = int(forms.WEEKDAYS.parse(typed["weekday"]) or 0)
            hosts = forms.hosts_typed(typed["hosts"])
            chosen = forms.days_typed(typed["days"])
            days = receptions.plan_month(self.page.month, hosts, weekday=weekday, days=chosen)
            self.page.choose(PLAN)
            self.desk.say(f"已排 {len(days)} 次接访", self.desk.undo)

        known = forms.hosts_written(receptions.usual_hosts())
        title = f"排 {self.page.month.month} 月的接访日"
        values = {"weekday": "2", "hosts": known}
        self._ask(title, forms.MONTH_FIELDS, save, "排好", values)

    def _correct(self, day: ReceptionDay) -> None:
        def save(typed: Typed) -> None:
            changed = self.desk.village.receptions.correct(day, typed)
            self.desk.say(f"已改好 {changed.day}", self.desk.undo)

        values = {name: getattr(day, name) for name in forms.DAY_FIELDS}
        self._ask(f"改 {day.day} 的接访", forms.day_fields(), save, "存", values)

    def _cancel(self, day: ReceptionDay) -> None:
        try:
            self.desk.village.receptions.cancel(day)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已取消 {day.day} 的接访", self.desk.undo)

    def _void(self, number: str) -> None:
        reason = FieldDeclaration("reason", "原因", LONG_TEXT, required=True)

        def save(typed: Typed) -> None:
            self.desk.village.receptions.void_form(number, typed["reason"])
            self.desk.say(f"已作废 {number}，编号留着", None)

        self._ask(f"作废 {number}", [reason], save, "作废")

    def print_blanks(self) -> None:
        """Reserve numbers and show that many empty forms, ready to be printed."""
        papers = self.desk.village.reception_papers

        def save(typed: Typed) -> None:
            count = COUNT.parse(typed["count"]) or 0
            data = papers.blank_pdf(count)
            self.page.choose(BLANKS)
            self.printing.show_data(f"空白接访登记表 {count} 张", data)

        self._ask("印空白接访登记表", forms.BLANK_FIELDS, save, "编号", {"count": 50})

    def _print_form(self, visit: ReceptionVisit) -> None:
        papers = self.desk.village.reception_papers
        self.printing.show_pdf(f"接访登记表 {visit.number}", lambda: papers.form_pdf(visit))

    def print_out(self) -> None:
        """Print what is shown: the month's plan for the wall, a visit's form, blank forms."""
        key = self.page.current()
        if self.page.shown == BLANKS:
            self.print_blanks()
        elif self.page.shown == VISITS and key is not None:
            self._print_form(self.desk.village.receptions.get(key))
        else:
            month = self.page.month
            papers = self.desk.village.reception_papers
            name = f"{month.year}年{month.month}月接访日安排"
            self.printing.show_pdf(name, lambda: papers.plan_pdf(month))

    def _ask(
        self,
        title: str,
        fields: Sequence[FieldDeclaration],
        save: Callable[[Typed], object],
        words: str,
        values: Mapping[str, Any] | None = None,
        lines: Sequence[Sequence[str]] = (),
    ) -> None:
        self.dialog = FormDialog(
            title, fields, save, self.over.window(), words=words, values=values, lines=lines
        )
        self.dialog.open()
