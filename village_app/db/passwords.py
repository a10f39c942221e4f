"""Which passwords are refused, and why; how to suggest a good one.

Whoever has a copy of the key file can try passwords without the program and its delays, so the
password itself must hold: ten characters, or four Chinese words, and not what a neighbour would
try first. The lists stand in resources/passwords.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from village_app.db.key_slots import normalised
from village_app.domain.resources import resource_path
from village_app.errors import Fault

SHORTEST = 10
WORDS = 4
HAN_CHARACTERS = 2 * WORDS
_LEFT_AT_LEAST = 5  # what must remain when everything guessable is taken out
_DISTINCT_AT_LEAST = 5

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_IDENTITY_NUMBER = re.compile(r"\d{17}[\dx]|\d{15}")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_DATE = re.compile(r"(19|20)\d\d[-./年]?(1[0-2]|0?[1-9])[-./月]?(3[01]|[12]\d|0?[1-9])日?")
_YEAR = re.compile(r"(19|20)\d\d年?")
_RUNS = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")

_REASONS = {
    "password_user_name": "密码里不要用自己的用户名。",
    "password_village_name": "密码里不要用村名。",
    "password_known": "密码里不要用别人知道的姓名、电话或地址。",
    "password_identity_number": "密码不要用身份证号码。",
    "password_phone": "密码不要用电话号码。",
    "password_birthday": "密码不要用生日或年份。",
    "password_common": "这是很多人都用的密码，一猜就中。",
    "password_run": "密码不要用连着的或重复的字符。",
}
_ADVICE = "可以用四个不相干的词，例如“{example}”这样的，但不要照抄。"


def password_faults(
    password: str, *, user_name: str = "", village_name: str = "", known: Iterable[str] = ()
) -> tuple[Fault, ...]:
    """Give every reason why a password is refused, none when it is good.

    `known` are other words a neighbour would try: phone, birthday, names in pinyin.
    """
    text = normalised(password)
    reasons = list(_too_short(text))
    weak = _guessable(text.casefold(), user_name, village_name, known)
    reasons.extend((code, _REASONS[code]) for code in weak)
    if not reasons and text.isdecimal():
        reasons.append(("password_digits", "密码不能只有数字，请加上文字或字母。"))
    example = " ".join(_words()[index] for index in (0, 210, 180, 270))
    advice = _ADVICE.format(example=example)
    return tuple(Fault("password", code, reason, advice) for code, reason in reasons)


def suggest_password(random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """Give four random Chinese words with blanks between them."""
    words = _words()
    return " ".join(words[random_below(len(words))] for _ in range(WORDS))


def _too_short(text: str) -> Iterator[tuple[str, str]]:
    han = _HAN.findall(text)
    enough_words = len(han) >= HAN_CHARACTERS and len(set(han)) > HAN_CHARACTERS // 2
    if len(text) < SHORTEST and not enough_words:
        yield (
            "password_short",
            f"密码至少要 {SHORTEST} 个字符，或 {WORDS} 个词语，现在只有 {len(text)} 个字符。",
        )
    elif len(set(text)) < _DISTINCT_AT_LEAST:
        yield "password_run", _REASONS["password_run"]


def _guessable(text: str, user: str, village: str, known: Iterable[str]) -> list[str]:
    """Take out everything a neighbour would try; name the parts when too little remains."""
    found: list[str] = []
    for code, pattern in _weak_parts(user, village, known):
        text, times = pattern.subn("", text)
        if times and code not in found:
            found.append(code)
    return found if len("".join(text.split())) < _LEFT_AT_LEAST else []


def _weak_parts(
    user: str, village: str, known: Iterable[str]
) -> Iterator[tuple[str, re.Pattern[str]]]:
    for code, words in (
        ("password_user_name", (user,)),
        ("password_village_name", (village, re.sub(r"(村|社区)$", "", village))),
        ("password_known", tuple(known)),
    ):
        for word in words:
            folded = normalised(word).casefold().strip()
            if len(folded) > 1:
                yield code, re.compile(re.escape(folded))
    yield "password_identity_number", _IDENTITY_NUMBER
    yield "password_phone", _PHONE
    yield "password_birthday", _DATE
    yield "password_common", _refused()
    yield "password_birthday", _YEAR
    yield "password_run", _runs()


@cache
def _runs() -> re.Pattern[str]:
    """Match three or more neighbours of the keyboard or the alphabet, or of one character."""
    pieces = {
        row[start : start + length]
        for row in (*_RUNS, *(row[::-1] for row in _RUNS))
        for length in range(3, len(row) + 1)
        for start in range(len(row) - length + 1)
    }
    longest_first = sorted(pieces, key=lambda piece: (-len(piece), piece))
    return re.compile(r"(.)\1{2,}|" + "|".join(longest_first))


@cache
def _refused() -> re.Pattern[str]:
    lines = resource_path("passwords", "refused.txt").read_text(encoding="utf-8").split()
    longest_first = sorted(lines, key=lambda line: (-len(line), line))
    return re.compile("|".join(re.escape(line) for line in longest_first))


@cache
def _words() -> tuple[str, ...]:
    return tuple(resource_path("passwords", "words.txt").read_text(encoding="utf-8").split())
