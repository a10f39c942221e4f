"""The light of a notice: where it stands on its way, with the days left while it hangs."""

from __future__ import annotations

from village_app.db.records.notices import Notice
from village_app.ui.kit.lights import Light, LightKind


def light_of(notice: Notice, days_left: int) -> Light:
    """Give the light of a notice's state, with the days left while it hangs."""
    word = Notice.declaration("state").kind.show(notice.state)
    kinds: dict[str, LightKind] = {
        "draft": "ok",
        "checking": "soon",
        "returned": "fault",
        "approved": "today",
        "expired": "done",
        "archived": "done",
        "withdrawn": "hold",
        "void": "hold",
        "objected": "over",
    }
    if notice.state == "objected":
        return Light("over", f"{word}，还有 {days_left} 天" if days_left else word)
    if notice.state == "posted":
        if notice.period_to is None:
            return Light("done", "已贴出")
        if not days_left:
            return Light("today", "到期了，要办期满")
        return Light("soon" if days_left <= 2 else "ok", f"公示中，还有 {days_left} 天")
    return Light(kinds[notice.state], word)
