"""Reading the words of the command line, with every message in Chinese."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from village_app.commands.output import REFUSED

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"还缺：\1。"),
    (r"unrecognized arguments: (.*)", r"看不懂这些词：\1。"),
    (r"argument (.*): expected one argument", r"\1 后面要跟一个词。"),
    (r"argument (.*): invalid choice: '?([^']*)'?.*", r"\1 不能是“\2”。"),
    (r"argument (.*): invalid .* value: '?([^']*)'?", r"\1 要写数字，现在是“\2”。"),
    (r"ambiguous option: (.*) could match .*", r"“\1”说得不够清楚，请写全。"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 和 \2 不能一起用。"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        # argparse ends the heading of a group with the half-width colon.
        return re.sub(r"^(\S[^\n]*):$", r"\1：", super().format_help(), flags=re.MULTILINE)


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose help and complaints are plain Chinese."""

    def __init__(self, prog: str | None = None, description: str | None = None) -> None:
        super().__init__(
            prog=prog, description=description, formatter_class=_Formatter, add_help=False
        )
        self._positionals.title = "要写的词"
        self._optionals.title = "可选的词"
        self.add_argument("-h", "--help", action="help", help="看这段说明")

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _MESSAGES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, chinese, message)
                break
        self.exit(REFUSED, f"{message}\n加上 --help 可以看说明。\n")
