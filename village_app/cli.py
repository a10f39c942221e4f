"""The command line: one verb, its words, an exit code; never a traceback, never Qt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from village_app.commands import VERBS
from village_app.commands.output import REFUSED, Output
from village_app.commands.parsing import ChineseParser
from village_app.errors import Cancelled, VillageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 done, 1 done with findings, 2 refused."""
    words = list(sys.argv[1:] if argv is None else argv)
    modules = _modules(words)
    arguments = _parser(modules).parse_args(words)
    out = Output(as_json=arguments.json)
    try:
        code = int(arguments.run(arguments, out))
    except VillageError as error:
        out.complain(error.message)
        out.answer(error=error.code, message=error.message)
        code = REFUSED
    except (Cancelled, KeyboardInterrupt):
        out.complain("已停下，没有改动任何数据。")
        code = REFUSED
    except Exception as error:  # noqa: BLE001 - the outermost handler: people never see a traceback
        out.complain(_unexpected(error))
        out.answer(error="unexpected", message=_unexpected(error))
        code = REFUSED
    out.close()
    return code


def _modules(words: Sequence[str]) -> list[ModuleType]:
    """Load only the verb that was called; all of them for the overview."""
    named = [word for word in words[:1] if word in VERBS]
    return [import_module(f"village_app.commands.{name}_verb") for name in named or VERBS]


def _parser(modules: Sequence[ModuleType]) -> ChineseParser:
    parser = ChineseParser(prog="run", description="共治通：村级共治的离线程序。")
    verbs = parser.add_subparsers(
        title="能做的事", dest="verb", required=True, metavar="做什么", parser_class=ChineseParser
    )
    for module in modules:
        verb = verbs.add_parser(module.NAME, help=module.SUMMARY, description=module.SUMMARY)
        module.add_arguments(verb)
        verb.add_argument("--json", action="store_true", help="用一个 JSON 对象回答")
        verb.set_defaults(run=module.run)
    return parser


def _unexpected(error: Exception) -> str:
    """Say that it is our fault, with the place in the program and nothing of the data."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("village_app"):
            place = f"{module.removeprefix('village_app.')}:{trace.tb_lineno}"
        trace = trace.tb_next
    line = f"{type(error).__name__} {place}"
    return f"程序出了意外，没有做完。您的数据没有动。请把这一行告诉维护的人：{line}"
