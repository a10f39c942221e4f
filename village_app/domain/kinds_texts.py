"""Kinds of values in words: short and long text, choice, flag, reference, attachment, place."""

from __future__ import annotations

from typing import Any

from village_app.domain.kind import Kind, Option, SpreadsheetFormat
from village_app.domain.texts import clean_line, clean_text, compact
from village_app.domain.unreadable import Unreadable

_YES = {"是", "有", "对", "√", "✓", "✔", "☑", "1", "1.0", "y", "yes", "true", "真", "已", "在"}
_NO = {"否", "无", "不是", "没有", "×", "✗", "✕", "☐", "0", "0.0", "n", "no", "false", "假", "未"}


class Text(Kind):
    """One line of text without blanks at its ends; `longest` counts characters."""

    name = "text"
    spreadsheet = SpreadsheetFormat("@", 20, as_text=True)

    def __init__(self, longest: int = 200) -> None:
        self.longest = longest

    def parse(self, raw: object) -> str | None:
        return self._within(clean_line(_plain(raw)))

    def _within(self, text: str) -> str | None:
        if len(text) > self.longest:
            over = len(text) - self.longest
            message = f"最多 {self.longest} 个字，现在多出 {over} 个字，请写短一些。"
            raise Unreadable("too_long", message)
        return text or None


class LongText(Text):
    """Text of several lines; line ends are kept."""

    name = "long_text"
    spreadsheet = SpreadsheetFormat("@", 40, as_text=True)

    def __init__(self, longest: int = 20_000) -> None:
        super().__init__(longest)

    def parse(self, raw: object) -> str | None:
        return self._within(clean_text(_plain(raw)))


def _plain(raw: object) -> str:
    """Write a number cell without its decimal nought, anything else as it is."""
    if raw is None:
        return ""
    text = str(raw)
    return text.removesuffix(".0") if isinstance(raw, float) else text


class Choice(Kind):
    """One of several options; kept is the code, shown the label, read also what people say."""

    name = "choice"
    spreadsheet = SpreadsheetFormat("@", 12, as_text=True)

    def __init__(self, options: tuple[Option, ...]) -> None:
        self.options = options
        self._by_code = {option.code: option for option in options}
        self._order = {option.code: place for place, option in enumerate(options)}
        self._by_word = _words(options)

    def parse(self, raw: object) -> str | None:
        text = "" if raw is None else compact(_plain(raw))
        if not text:
            return None
        code = self._by_word.get(text.casefold())
        if code is None:
            labels = "、".join(option.label for option in self.options[:8])
            more = "等" if len(self.options) > 8 else ""
            raise Unreadable("no_choice", f"“{text}”不在可选范围里，可选：{labels}{more}。")
        return code

    def show(self, value: Any) -> str:
        if value is None:
            return ""
        option = self._by_code.get(value)
        return option.label if option else str(value)

    def sort_key(self, value: Any) -> Any:
        """Sort in the order of the options, unknown codes and blanks last."""
        return (value is None, self._order.get(value, len(self._order)), str(value))

    def for_spreadsheet(self, value: Any) -> Any:
        return self.show(value)


def _words(options: tuple[Option, ...]) -> dict[str, str]:
    """Map every word to its code; a label wins over a code, a code over a spoken form."""
    words: dict[str, str] = {}
    for option in options:
        words.setdefault(compact(option.label).casefold(), option.code)
    for option in options:
        words.setdefault(option.code.casefold(), option.code)
    for option in options:
        for spoken in option.spoken:
            words.setdefault(compact(spoken).casefold(), option.code)
    return words


class Flag(Kind):
    """Yes or no; kept as 1 or 0, shown as 是 or 否."""

    name = "flag"
    storage = "integer"
    align = "center"
    spreadsheet = SpreadsheetFormat("@", 6, as_text=True)

    def parse(self, raw: object) -> bool | None:
        if raw is None or isinstance(raw, bool):
            return raw
        text = compact(str(raw)).casefold()
        if not text:
            return None
        if text in _YES:
            return True
        if text in _NO:
            return False
        raise Unreadable("no_flag", f"“{text}”不是“是”或“否”，请改成其中一个。")

    def show(self, value: Any) -> str:
        return "" if value is None else "是" if value else "否"

    def for_spreadsheet(self, value: Any) -> Any:
        return self.show(value)

    def to_database(self, value: Any) -> int | None:
        return None if value is None else int(value)

    def from_database(self, raw: Any) -> bool | None:
        return None if raw is None else bool(raw)


class Reference(Kind):
    """The id of another record (63 bits); `record_name` is the record's table name.

    What a reference is called on screen is known to the services, not here: `show` gives "#id".
    """

    name = "reference"
    storage = "integer"

    def __init__(self, record_name: str) -> None:
        self.record_name = record_name

    def parse(self, raw: object) -> int | None:
        text = "" if raw is None else compact(str(raw)).removeprefix("#")
        if not text:
            return None
        if isinstance(raw, bool) or not text.isdecimal() or int(text) >= 2**63:
            raise Unreadable("no_reference", f"“{text}”没有找到，请从列表里选择。")
        return int(text)

    def show(self, value: Any) -> str:
        return "" if value is None else f"#{value}"


class Attachment(Kind):
    """The SHA-256 of a kept file, 64 small hexadecimal digits."""

    name = "attachment"
    spreadsheet = SpreadsheetFormat("@", 20, as_text=True)

    def parse(self, raw: object) -> str | None:
        text = "" if raw is None else compact(str(raw)).lower()
        if not text:
            return None
        if len(text) != 64 or set(text) - set("0123456789abcdef"):
            raise Unreadable("no_attachment", "这不是已保存的附件，请重新选择文件。")
        return text

    def show(self, value: Any) -> str:
        return "有附件" if value else ""


class Place(Reference):
    """The id of a unit in the tree of places (村 → 村民小组 → 网格 → 楼栋 → 门牌)."""

    name = "place"

    def __init__(self) -> None:
        super().__init__("place")


TEXT = Text()
LONG_TEXT = LongText()
FLAG = Flag()
ATTACHMENT = Attachment()
PLACE = Place()
