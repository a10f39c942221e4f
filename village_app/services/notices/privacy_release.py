"""Letting a paper through the privacy gate: two people, a reason, taken down; never for some data.

Which findings may be let through at all is said by the gate's rules (`overridable`): a full
identity number, a bank card, an illness or a child's name never.
"""

from __future__ import annotations

import json

from village_app.db.records.notices import Notice, PrivacyReview
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.notices.notices import Notices, plain_findings
from village_app.services.notices.rules import fingerprint_of_draft
from village_app.services.session import Service, permitted
from village_app.services.two_persons import Second, sign_here

_SHORTEST_REASON = 4


class PrivacyRelease(Service):
    """The second person's yes."""

    @permitted("notices.edit")
    def let_through(
        self, notice: Notice, *, second: str, password: str, reason: str
    ) -> PrivacyReview:
        """Let this very draft through; any edit afterwards asks again.

        Refused: nothing to let through, findings that nobody may let through, the same person
        twice, a second person without the right, a reason that says nothing.
        """
        findings = Notices(self.session).findings(notice)
        if not findings.stops:
            raise Refused("nothing_stops", "把关没有拦下什么，不用放行。")
        never = [one for one in findings.stops if not one.overridable]
        if never:
            places = "；".join(f"{one.where}：{one.label}" for one in never[:5])
            raise Refused("never_public", f"这几处谁也不能放行，只能遮掉或去掉：{places}。")
        if len(reason.strip()) < _SHORTEST_REASON:
            raise InvalidInput([Fault("reason", "required", "放行要写明原因，至少 4 个字。")])
        sign_here(self.session, Second(second, password), "notices.override_privacy", "放行")
        with self.session.change(f"放行脱敏检查 {notice.heading}", undoable=False) as change:
            review: PrivacyReview = change.insert(
                PrivacyReview(
                    notice_id=notice.id,
                    at=self.session.now(),
                    user=self.session.user.full_name,
                    policy=notice.policy,
                    findings=json.dumps(plain_findings(findings), ensure_ascii=False),
                    second_user=second,
                    reason=reason.strip(),
                    fingerprint=fingerprint_of_draft(notice),
                )
            )
        return review

    @permitted("notices.read")
    def reviews(self, notice: Notice) -> list[PrivacyReview]:
        """List what was found and let through, in order."""
        query = self.store.select(PrivacyReview).where(PrivacyReview.notice_id == notice.id)
        return self.store.rows(query.order_by(PrivacyReview.id))
