"""The notebook: a line and Enter is kept with its time; later one key makes it a matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.records.issues import Issue, NotebookLine
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.issues.entry import IssueEntry
from village_app.services.issues.issues import Issues
from village_app.services.session import Service, permitted


class Notebook(Service):
    """Lines as they were heard."""

    @permitted("issues.log")
    def write(self, text: str) -> NotebookLine:
        """Keep a line with its time; refuses a blank one."""
        if not text.strip():
            raise InvalidInput([Fault("text", "required", "写一句再记下。")])
        with self.session.change("记一句") as change:
            line: NotebookLine = change.insert(
                NotebookLine(
                    text=text.strip(),
                    at=self.session.now(),
                    author=self.session.user.full_name,
                    state="open",
                )
            )
        return line

    @permitted("issues.log")
    def make_issue(self, line: NotebookLine, typed: Mapping[str, Any] | None = None) -> Issue:
        """Make a matter of a line; what was understood is used where nothing was typed."""
        if line.issue_id is not None:
            raise Refused("taken", "这一句已经转成诉求了。")
        understood = IssueEntry(self.session).understand(line.text)
        values = {**understood.values(), "at": line.at, **(typed or {})}
        with self.session.change(f"转成诉求 {values['heading']}") as change:
            issue = Issues(self.session).log(values)
            change.update(line, issue_id=issue.id, state="taken")
        return issue

    @permitted("issues.log")
    def tick_off(self, line: NotebookLine) -> NotebookLine:
        """Mark a line as dealt with."""
        with self.session.change("记事已处理") as change:
            ticked: NotebookLine = change.update(line, state="done")
        return ticked

    @permitted("issues.log")
    def get(self, line_id: int) -> NotebookLine:
        return self.store.get(NotebookLine, line_id)

    @permitted("issues.log")
    def listed(self, *, only_open: bool = False, limit: int = 500) -> list[NotebookLine]:
        """List the lines, newest first."""
        query = self.store.select(NotebookLine)
        if only_open:
            query = query.where(NotebookLine.state == "open")
        return self.store.rows(query.order_by(NotebookLine.at.desc()).limit(limit))
