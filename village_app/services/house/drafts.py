"""Half-written forms, kept encrypted until they are saved or thrown away.

Not records of the village: they are nobody's facts yet, so they stand outside the journal and
outside backups' counts. One draft a user and page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from village_app.services.session import Service, permitted


class Drafts(Service):
    """Keeps what somebody had begun to write when the window closed or the screen locked."""

    @permitted("settings.read")
    def keep(self, page: str, content: Mapping[str, object] | None) -> None:
        """Keep a page's draft, or forget it (None)."""
        with self.store.reading(), self.store.database.atomic():
            self.store.database.execute_sql(
                "DELETE FROM draft WHERE user = ? AND page = ?", (self.session.user.name, page)
            )
            if content is not None:
                self.store.database.execute_sql(
                    "INSERT INTO draft (user, page, content, at) VALUES (?, ?, ?, ?)",
                    (
                        self.session.user.name,
                        page,
                        json.dumps(dict(content), ensure_ascii=False, default=str),
                        self.session.now().isoformat(),
                    ),
                )

    @permitted("settings.read")
    def of(self, page: str) -> Mapping[str, object] | None:
        """Give a page's draft of this user, None where there is none."""
        text = self.store.scalar(
            "SELECT content FROM draft WHERE user = ? AND page = ?", (self.session.user.name, page)
        )
        if text is None:
            return None
        found: Mapping[str, object] = json.loads(text)
        return found
