"""Column names: cleaned, joined over several rows, compared with the words people use for them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from village_app.domain.kinds import FieldDeclaration
from village_app.domain.resources import load_json
from village_app.importing.files.grid import column_letters

LONGEST_HEADING = 40
_BLANKS_AND_MARKS = re.compile("[\\s*＊※★▲△☆:：、,，;；。\"'“”‘’\u00ad\u200b-\u200f\u2060\ufeff_]+")
_BRACKETS = re.compile(r"[(\[{【〔《][^()\[\]{}【】〔〕《》]*[)\]}】〕》]")
_BRACKET_MARKS = "()[]{}【】〔〕《》"
_OF_OTHERS = re.compile("^[与和同跟].")
"""What stands to somebody else than the head: 与学生关系, 与死者关系."""
_NUMBERING = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[①-⑳])(?=.)")
_LATIN_TAIL = re.compile(r"^([\u3400-\u9fff/()]+)[/(]?[A-Za-z ._]+[)]?$")
_NUMBER_TAIL = re.compile(r"^(.*[^\d])[\d一二三四五六七八九十]{1,2}$")


@lru_cache(maxsize=8192)
def clean_heading(text: str) -> str:
    """Write a column name as it is compared: narrow, simplified, without blanks and marks."""
    folded = unicodedata.normalize("NFKC", text[: LONGEST_HEADING * 4])
    plain = _BLANKS_AND_MARKS.sub("", folded).casefold()
    return unicodedata.normalize("NFKC", plain.translate(_variants()))


@lru_cache(maxsize=8192)
def heading_forms(text: str) -> tuple[str, ...]:
    """List the forms under which a column name is looked up, the closest to the written one first.

    出生日期(年/月/日) is also looked up as 出生日期, 1.姓名 as 姓名, 性别/Sex as 性别.
    """
    stripped = unicodedata.normalize("NFKC", text[: LONGEST_HEADING * 4]).strip()
    whole = clean_heading(stripped)
    without_number = clean_heading(_NUMBERING.sub("", stripped))
    bare = _BRACKETS.sub("", without_number) or without_number.strip(_BRACKET_MARKS)
    latin = _LATIN_TAIL.match(bare)
    forms = (whole, without_number, bare, latin.group(1).strip("/(") if latin else "")
    return tuple(dict.fromkeys(form for form in forms if form))


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of one column: its parts from top to bottom, as written but in one line each.

    `occurrence` counts headings of the same name from 1, so that two 备注 stay apart.
    """

    column: int
    parts: tuple[str, ...]
    occurrence: int = 1

    @property
    def leaf(self) -> str:
        return self.parts[-1] if self.parts else ""

    @property
    def text(self) -> str:
        """Give the whole name as shown to people: 家庭成员基本情况／姓名."""
        return "／".join(self.parts)

    @property
    def key(self) -> str:
        """Give the name under which a choice for this column is remembered; @B without a name."""
        name = "/".join(clean_heading(part) for part in self.parts)
        if not name:
            return f"@{column_letters(self.column)}"
        return f"{name}#{self.occurrence}" if self.occurrence > 1 else name


def number_occurrences(headings: Iterable[Heading]) -> tuple[Heading, ...]:
    """Count headings that read alike, so that each has a key of its own."""
    seen: dict[str, int] = {}
    numbered = []
    for heading in headings:
        key = Heading(heading.column, heading.parts).key
        seen[key] = seen.get(key, 0) + 1
        numbered.append(Heading(heading.column, heading.parts, seen[key]))
    return tuple(numbered)


def header_signature(headings: Iterable[Heading]) -> str:
    """Give the mark under which the choices for a header are remembered (SHA-256, hexadecimal).

    The order of the columns and what stands above the table do not matter, nor the column of
    reasons that the program itself adds when it gives rows back for correction.
    """
    added = load_json("rules", "header-synonyms.json")["added_by_us"]
    keys = sorted(h.key for h in headings if h.parts and h.leaf not in added)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class HeadingGuess:
    """What a column name says: the field, how sure (0 to 1), and why in words.

    `full` names leave no doubt by themselves (身份证号码, not ID or 证件).
    """

    field: str
    score: float
    reason: str
    full: bool = False


class Vocabulary:
    """The words of column names: which field each means, and which merely are column names.

    Built from the target's own declarations and `resources/rules/header-synonyms.json`; the
    declarations win where both claim a word.
    """

    def __init__(self, fields: Iterable[FieldDeclaration]) -> None:
        data = load_json("rules", "header-synonyms.json")
        wanted = tuple(fields)
        self._field_of: dict[str, str] = {}
        for field in wanted:
            self._learn(field.name, (field.label, *field.synonyms))
        for field in wanted:
            self._learn(field.name, data["fields"].get(field.name, ()))
        self._other = {clean_heading(word): "other" for word in data["other"]}
        self._other |= {clean_heading(word): "serial" for word in data["serial"]}
        self._other |= {clean_heading(word): "signature" for word in data["signature"]}
        for words in data["fields"].values():
            self._other |= {clean_heading(word): "other" for word in words}
        self._also_values = frozenset(_sorted_words(data["also_values"]))
        self._neutral = frozenset(_sorted_words(data["neutral_prefixes"]))
        self._persons = _sorted_words(data["other_persons"])
        self._head_words = _sorted_words(data["head_words"])
        self._strangers = self._persons + _sorted_words(data["other_things"])
        self._endings = _sorted_words(word for word in self._field_of if len(word) > 1)
        self._weights: dict[str, float] = {}

    def _learn(self, field: str, words: Iterable[str]) -> None:
        for word in words:
            self._field_of.setdefault(clean_heading(word), field)

    def role(self, text: str) -> str | None:
        """Tell a column that is no field but has a known part: serial, signature or other."""
        for form in heading_forms(text):
            if form in self._field_of:
                return None
            if form in self._other:
                return self._other[form]
        return None

    def exact(self, text: str) -> str | None:
        """Give the field whose usual name this is."""
        return next(
            (self._field_of[form] for form in heading_forms(text) if form in self._field_of), None
        )

    def owner(self, heading: Heading) -> str | None:
        """Name the other person a column speaks of by what stands above it (监护人／姓名)."""
        above = (clean_heading(part) for part in reversed(heading.parts[:-1]))
        found = (word for part in above for word in self._persons if part.startswith(word))
        return next(found, None)

    def without_head(self, text: str) -> str | None:
        """Take the word for the head from a column name: 户主身份证号 → 身份证号; None without."""
        cleaned = clean_heading(text)
        word = next((word for word in self._head_words if cleaned.startswith(word)), None)
        return cleaned.removeprefix(word).removeprefix("的") if word else None

    def is_head_word(self, word: str) -> bool:
        return word in self._head_words

    def guess(self, text: str) -> HeadingGuess | None:
        """Say which field a column name means, or None."""
        forms = heading_forms(text)
        for place, form in enumerate(forms):
            if form in self._field_of:
                score, full = (1.0 if place == 0 else 0.97), len(form) >= 4
                reason = f"列名“{_shown(text)}”是常用写法"
                return HeadingGuess(self._field_of[form], score, reason, full)
            if form in self._other:
                return None
        return next((found for form in reversed(forms) if (found := self._partial(form))), None)

    def _partial(self, form: str) -> HeadingGuess | None:
        """Read a name with something before or behind: 参保人身份证号码, 联系电话2."""
        numbered = _NUMBER_TAIL.match(form)
        if numbered and numbered.group(1) in self._field_of:
            field = self._field_of[numbered.group(1)]
            return HeadingGuess(field, 0.9, f"列名像“{numbered.group(1)}”，后面带编号")
        for word in () if form.isascii() else self._endings:
            if form.endswith(word) and form != word:
                found = self._with_prefix(form[: -len(word)], word)
                if found:
                    return found
            elif form.startswith(word) and len(word) >= 2 and len(form) <= len(word) * 2 + 1:
                return HeadingGuess(self._field_of[word], 0.7, f"列名以“{word}”开头")
        return self._misspelt(form)

    def _with_prefix(self, prefix: str, word: str) -> HeadingGuess | None:
        known = prefix in self._neutral
        if not known and (prefix.startswith(self._strangers) or _OF_OTHERS.match(prefix)):
            return None
        score = 0.92 if known else 0.75
        return HeadingGuess(self._field_of[word], score, f"列名以“{word}”结尾")

    def _misspelt(self, form: str) -> HeadingGuess | None:
        """Accept one wrong or missing character in a name of four or more."""
        if len(form) < 4 or len(form) > LONGEST_HEADING:
            return None
        from rapidfuzz.distance import Levenshtein

        for word in self._endings:
            near = len(word) >= 4 and abs(len(word) - len(form)) <= 1
            if near and Levenshtein.distance(word, form, score_cutoff=1) <= 1:
                return HeadingGuess(self._field_of[word], 0.65, f"列名与“{word}”只差一个字")
        return None

    def is_word(self, text: str) -> bool:
        """Tell whether a text is a usual column name of any kind of table."""
        return any(form in self._field_of or form in self._other for form in heading_forms(text))

    def is_label(self, text: str) -> bool:
        """Tell whether a text is a usual column name and hardly ever a value."""
        return clean_heading(text) not in self._also_values and self.is_word(text)

    def weight(self, text: str) -> float:
        """Weigh how much a text looks like a column name of any kind of table: 0, ½ or 1.

        Words that also stand in the rows below (户主, 党员) weigh half.
        """
        known = self._weights.get(text)
        if known is None:
            known = self._weights[text] = self._weigh(text)
        return known

    def _weigh(self, text: str) -> float:
        if len(text) > LONGEST_HEADING:
            return 0.0
        if self.is_word(text):
            return 0.5 if clean_heading(text) in self._also_values else 1.0
        return 0.5 if self.guess(text) else 0.0


def _shown(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _sorted_words(words: Iterable[str]) -> tuple[str, ...]:
    """Clean the words and put the longest first, so that the fullest match wins."""
    return tuple(
        sorted({clean_heading(word) for word in words}, key=lambda word: (-len(word), word))
    )


@cache
def _variants() -> dict[int, str]:
    table = load_json("rules", "header-synonyms.json")["variants"]
    return {ord(form): simplified for form, simplified in table.items()}
