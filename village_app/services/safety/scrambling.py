"""Turning texts into others of the same shape that tell nothing: for a copy given to support.

The same text always gives the same nonsense under one key, so that doubles stay doubles and links
by text hold. Length, punctuation, and where digits stand are kept; short numbers, days, codes
and English words stay as they are, because faults hang on them.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

_HANS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LONG_NUMBER = re.compile(r"\d[\dXx\-\s]{3,}[\dXx]")
_MOMENT = re.compile(r"\d{4}-\d{2}(-\d{2}([T ][\d:.+\-Z]+)?)?")
# Common characters without a meaning together; none is a surname of the first hundred.
_NONSENSE = "天地日月山水火木土石田禾竹米草花果树叶根云雨风雪电光明暗红蓝绿白黑大小多少长短高低远近"


class Scrambler:
    """Scrambles under a key that is thrown away afterwards."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def text(self, text: str, *, letters: bool = False) -> str:
        """Scramble a text; JSON keeps its keys and its shape.

        `letters` scrambles English letters too: a name spelled in pinyin is still a name.
        """
        if letters:
            return self._letters(self._plain(text))
        if text[:1] in ("{", "["):
            try:
                value = json.loads(text)
            except ValueError:
                return self._plain(text)
            return json.dumps(self._value(value), ensure_ascii=False)
        return self._plain(text)

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._plain(value)
        if isinstance(value, list):
            return [self._value(one) for one in value]
        if isinstance(value, dict):
            return {key: self._value(one) for key, one in value.items()}
        return value

    def _plain(self, text: str) -> str:
        if _MOMENT.fullmatch(text):
            return text
        stream = self._stream(text)
        numbers = _LONG_NUMBER.sub(
            lambda found: re.sub(r"\d", lambda _: str(next(stream) % 10), found[0]), text
        )
        return _HANS.sub(lambda _: _NONSENSE[next(stream) % len(_NONSENSE)], numbers)

    def _letters(self, text: str) -> str:
        stream = self._stream(f"letters|{text}")
        return re.sub(r"[A-Za-zÀ-ž]", lambda _: chr(ord("a") + next(stream) % 26), text)

    def _stream(self, text: str) -> Iterator[int]:
        number = 0
        while True:
            block = hmac.new(self._key, f"{number}|{text}".encode(), sha256).digest()
            yield from block
            number += 1
