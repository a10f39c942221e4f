"""The frame of an open village: top bar, navigation, pages, key strip, and the passing words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from village_app.errors import Refused
from village_app.ui.asking import Asking, Choice, Question
from village_app.ui.commands import Command
from village_app.ui.door import OpenVillage
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.keys import Key, KeyStrip
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.toast import Toast
from village_app.ui.navigation import Navigation
from village_app.ui.own_words import choose_words
from village_app.ui.page import Desk, Page, PageEntry, Undo
from village_app.ui.page_scroll import HUGE, PageScroll
from village_app.ui.preferences import Preferences
from village_app.ui.sample_strip import SampleStrip
from village_app.ui.theme import Layout, theme
from village_app.ui.top_bar import TopBar
from village_app.ui.view_menu import ViewMenu

# So long the window rests between two pages that are made ahead.
AHEAD_MS = 700
# The list of a page that has another name than the page.
PAGE_LISTS = {"money": "ledger"}


class Announcer(QObject):
    """Brings the word of a change to the window's thread, from whichever thread it comes."""

    changed = Signal(object)

    def announce(self, tables: frozenset[str]) -> None:
        """Say which tables a change touched."""
        self.changed.emit(tables)


class _Pages(QStackedWidget):
    """The pages; how small the window can get does not hang on how one page is arranged now.

    A page that was wide would otherwise keep the window from becoming narrow.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(160))


class Shell(QWidget):
    """Everything that is seen while a village is open and unlocked."""

    lock_asked = Signal()
    help_asked = Signal(str)
    keys_asked = Signal()
    words_changed = Signal()
    sample_left = Signal(bool)

    def __init__(
        self,
        village: OpenVillage,
        entries: Iterable[PageEntry],
        asking: Asking,
        jobs: JobRunner,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.village = village
        self._wording = village.wording
        choose_words(self._wording)
        self._entries = {entry.key: entry for entry in entries}
        self._asking = asking
        self._pages: dict[str, Page] = {}
        self._holders: dict[str, QWidget] = {}
        self._view_menus: list[ViewMenu] = []
        self._page_keys: dict[str, QShortcut] = {}
        self._layout: Layout | None = None
        self._ahead = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead.timeout.connect(self._make_next)
        self._offered: set[str] = set()
        # After a change of look what was half written comes back by itself.
        self.restores_drafts = False
        self.desk = Desk(village, asking, jobs, preferences, self.say, self.undo, self.go)
        self.top = TopBar(village)
        self.navigation = Navigation(one for one in self._entries.values() if not one.under)
        self.stack = _Pages()
        self.area = QWidget()
        self.strip = KeyStrip()
        self._build()
        self.toast = Toast(self.area)
        self._connect()
        self._bind_keys()

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        inside = QVBoxLayout(self.area)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.stack)
        right.addWidget(self.area, 1)
        right.addWidget(self.strip)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.top)
        if self.village.is_sample:
            body.addWidget(SampleStrip(self.sample_left.emit))
        body.addLayout(middle, 1)

    def _connect(self) -> None:
        self.announcer = Announcer(self)
        self.announcer.changed.connect(self._changed)
        self._stop_listening = self.village.listen(self.announcer.announce)
        self.navigation.chosen.connect(lambda key: self.go(key, None))
        self.navigation.set_waiting(self.village.waiting())
        self.top.lock_pressed.connect(self.lock_asked)
        self.top.backup_pressed.connect(lambda: self.go("safety"))
        self.top.found.connect(self._go_found)
        self.top.search.commands = self._commands()
        self.strip.help_asked.connect(self._ask_help)

    def _commands(self) -> tuple[Command, ...]:
        """What can be done from the search box: any page, and what the frame itself does."""
        pages = [
            Command(entry.title, "去这一页", self._opener(entry.key), entry.group)
            for entry in self._entries.values()
        ]
        return (
            *pages,
            Command("撤销上一步", "Ctrl+Z", self.undo),
            Command("重做", "Ctrl+Y", self.redo),
            Command("锁屏", "Ctrl+L", self.lock_asked.emit, "离开 退出 换人"),
            Command("按键一览", "可以打印", self.keys_asked.emit, "快捷键 键盘"),
            Command("本页帮助", "F1", self._ask_help, "怎么用"),
        )

    def _go_found(self, key: str, record: int) -> None:
        """Open what the search found; what was deleted a moment ago is said, not met."""
        try:
            self.go(key, record)
        except Refused as refusal:
            self.say(refusal.message)

    def _bind_keys(self) -> None:
        self._bind("Ctrl+K", self.top.open_search)
        self._bind("F1", self._ask_help)
        self._bind("F6", self._next_column)
        self._bind("Ctrl+Z", self.undo)
        self._bind("Ctrl+Y", self.redo)
        for number, entry in enumerate(self._numbered(), start=1):
            self._bind(f"Ctrl+{number}", self._opener(entry.key))
        for entry in self._entries.values():
            if entry.shortcut:
                self._page_keys[entry.shortcut] = self._bind(
                    entry.shortcut, self._caller(entry.key)
                )

    def _numbered(self) -> list[PageEntry]:
        """Give the pages that Ctrl+1 to Ctrl+9 open."""
        return [one for one in self._entries.values() if one.place == "list" and not one.under][:9]

    def page_keys(self) -> tuple[Key, ...]:
        """Give the keys that open pages, for the sheet of all keys."""
        numbered = enumerate(self._numbered(), start=1)
        own = [entry for entry in self._entries.values() if entry.shortcut]
        return (
            *(Key(f"Ctrl+{number}", entry.title) for number, entry in numbered),
            *(Key(entry.shortcut, entry.title) for entry in own),
        )

    def _bind(self, keys: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)
        return shortcut

    def _caller(self, key: str) -> Callable[[], None]:
        def call() -> None:
            self.go(key, None)
            page = self.page()
            if page is not None:
                page.called_by_key()

        return call

    def _show_keys(self, page: Page) -> None:
        """Show a page's keys; a key that the page uses itself (F4) does not open another one."""
        self.strip.set_keys(page.keys)
        used = {key.keys for key in page.keys}
        for keys, shortcut in self._page_keys.items():
            shortcut.setEnabled(keys not in used)

    def _opener(self, key: str) -> Callable[[], None]:
        return lambda: self.go(key, None)

    def _next_column(self) -> None:
        page = self.page()
        if page is not None:
            page.next_column()

    # Pages

    def page(self) -> Page | None:
        """Give the page that is shown."""
        current = self.stack.currentWidget()
        if isinstance(current, PageScroll):
            return current.page
        return current if isinstance(current, Page) else None

    @property
    def current_key(self) -> str:
        """The key of the page that is shown; blank before the first."""
        current = self.page()
        return next((key for key, page in self._pages.items() if page is current), "")

    def built_pages(self) -> dict[str, Page]:
        """Give the pages that were opened so far, by key."""
        return dict(self._pages)

    def go(self, key: str, record: int | None = None) -> None:
        """Open a page (issues) or a part of it (notices/catalogue), and a record if one is told."""
        key, _, part = key.partition("/")
        if key not in self._entries:
            return
        page = self._pages.get(key) or self.make_page(key)
        self.stack.setCurrentWidget(self._holders[key])
        self.navigation.set_current(self._entries[key].under or key)
        self._show_keys(page)
        if part:
            page.open_part(part)
        if record is not None:
            page.open_record(record)
            self.village.note_opened(key, record)
        (page.first_focus() or page).setFocus()

    def make_ahead(self) -> None:
        """Make the pages nobody opened yet, one at a time: a click then only has to show them."""
        self._ahead.start()

    def _make_next(self) -> None:
        waiting = (key for key, one in self._entries.items() if not one.under)
        key = next((key for key in waiting if key not in self._pages), None)
        if key is None:
            return
        try:
            self.make_page(key)
        except Refused:
            return  # locked meanwhile
        self._ahead.start()

    def make_page(self, key: str) -> Page:
        """Make a page that is not shown yet; it asks for its data when it is seen."""
        page = self._entries[key].factory(self.desk)
        self._pages[key] = page
        page.set_narrow(self._layout == "narrow")
        page.keys_changed.connect(lambda: self._keys_changed(page))
        # The largest type needs more height than a small screen has: the page scrolls then.
        holder = PageScroll(page) if theme().type_size >= HUGE else page
        self._holders[key] = holder
        self.stack.addWidget(holder)
        self._serve_list(key, page)
        self._offer_draft(key, page)
        return page

    def _serve_list(self, key: str, page: Page) -> None:
        """Give the page's own list its saved filters, and remember what is opened in it."""
        for table in page.findChildren(RecordTable):
            if table.name == PAGE_LISTS.get(key, key):
                table.opened.connect(lambda record: self.village.note_opened(key, record))
                self._view_menus.append(ViewMenu(key, page, table))

    def _keys_changed(self, page: Page) -> None:
        if page is self.page():
            self._show_keys(page)

    def _offer_draft(self, key: str, page: Page) -> None:
        draft = self.village.draft(key)
        if draft is None:
            return
        if self.restores_drafts:
            page.restore_draft(draft)
            return
        banner = Banner("info", "上次没写完的还在。", link="接着写", icon="pen")
        self._offered.add(key)

        def take() -> None:
            self._offered.discard(key)
            page.restore_draft(draft)
            banner.hide()

        banner.pressed.connect(take)
        page.body.insertWidget(min(1, page.body.count()), banner)
        banner.show()

    def keep_drafts(self) -> None:
        """Keep what is half written on each page; what was offered and not taken stays."""
        for key, page in self._pages.items():
            draft = page.draft()
            if draft is not None or key not in self._offered:
                self.village.keep_draft(key, draft)

    def _changed(self, tables: frozenset[str]) -> None:
        for page in self._pages.values():
            page.note_change(tables)
        self.navigation.set_waiting(self.village.waiting())
        self.top.refresh()
        if "setting" in tables and self.village.wording != self._wording:
            self.words_changed.emit()

    # Words, undo, help

    def say(self, text: str, undo: Undo | None = None) -> None:
        """Show a passing word, with 撤销 where there is a way back."""
        self.toast.say(text, undo)

    def undo(self) -> None:
        """Ctrl+Z: take the last change back and name it."""
        self._step(self.village.undo, "已撤销", "没有可以撤销的了", "重做", "Ctrl+Y", self.redo)

    def redo(self) -> None:
        """Ctrl+Y: do it again and name it."""
        self._step(self.village.redo, "已重做", "没有可以重做的了", "撤销", "Ctrl+Z", self.undo)

    def _step(
        self,
        act: Callable[[], str | None],
        done: str,
        nothing: str,
        word: str,
        key: str,
        back: Callable[[], None],
    ) -> None:
        try:
            what = act()
        except Refused as refusal:
            self._asking.ask(
                Question("没有撤销，什么都没改", [("", refusal.message)], [Choice("", "知道了")])
            )
            return
        if what is None:
            self.toast.say(nothing)
        else:
            self.toast.say(f"{done}：{what}", back, word=word, key=key)

    def _ask_help(self) -> None:
        page = self.page()
        self.help_asked.emit(page.topic if page else "")

    # Size

    def set_layout(self, layout: Layout) -> None:
        """Arrange for the width of the window."""
        if layout == self._layout:
            return
        self._layout = layout
        self.top.set_layout(layout)
        self.navigation.set_rail(layout != "full")
        for page in self._pages.values():
            page.set_narrow(layout == "narrow")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_layout(theme().layout(self.width()))

    def leave(self) -> None:
        """Stop listening to the village before the frame goes."""
        self._ahead.stop()
        self._stop_listening()
