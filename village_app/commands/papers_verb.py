"""`papers`: the published papers with number, kind, period and state."""

from __future__ import annotations

import argparse

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, Output
from village_app.db.records.notices import Notice

NAME = "papers"
SUMMARY = "列出已发布的公示和公告"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    add_village_options(parser)


def run(arguments: argparse.Namespace, out: Output) -> int:
    """List them, newest first."""
    with opened(arguments) as village:
        found = [_plain(notice) for notice in village.notices.published()]
    out.say(f"已发布 {len(found)} 份。")
    for one in found:
        period = f"  {one['period']}" if one["period"] else ""
        out.say(f"  {one['number']}  {one['title']}  {one['state']}{period}")
    out.answer(papers=found)
    return DONE


def _plain(notice: Notice) -> dict[str, str]:
    kind, state = (Notice.declaration(name).kind for name in ("kind", "state"))
    days = (notice.period_from, notice.period_to)
    return {
        "number": notice.number,
        "title": notice.heading,
        "kind": kind.show(notice.kind),
        "state": state.show(notice.state),
        "period": "至".join(day.isoformat() for day in days if day),
        "sha256": notice.fingerprint or "",
    }
