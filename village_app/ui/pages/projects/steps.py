"""What is taken down of a project: funding, offers, contract, changes, acceptance, settlement."""

from __future__ import annotations

from village_app.db.records.projects import (
    Acceptance,
    ChangeOrder,
    Contract,
    FundingSource,
    Project,
    Quotation,
    Settlement,
)
from village_app.domain.kinds import TEXT, Choice, FieldDeclaration, Option
from village_app.domain.money import show_money
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.projects.forms import ProjectForms
from village_app.ui.pages.projects.list_rows import CARD_FIELDS, CARD_LINES


class ProjectSteps(ProjectForms):
    """The steps of a project that the page can take down."""

    def correct(self) -> None:
        """Change the card."""
        project = self._project()

        def save(typed: Typed) -> None:
            self.desk.village.projects.correct(project, typed)
            self.desk.say(f"已改好 {typed['name']}", self.desk.undo)

        values = {name: getattr(project, name) for name in CARD_FIELDS}
        self.page.open_form(
            f"修改 {project.name}", Project, CARD_FIELDS, save, values=values, lines=CARD_LINES
        )

    def add_source(self) -> None:
        """Add a part of the funding."""
        self._take(
            "登记资金来源",
            FundingSource,
            ("kind", "name", "amount", "document", "note"),
            self.desk.village.projects.add_source,
        )

    def quote(self) -> None:
        """Take down an offer."""
        self._take(
            "登记报价",
            Quotation,
            ("firm", "credit_code", "price", "day", "note"),
            self.desk.village.project_works.quote,
        )

    def choose(self) -> None:
        """Choose among the offers, with a reason."""
        assert self.file is not None
        offers = {str(one.id): one for one in self.file.quotations}
        options = tuple(
            Option(key, f"{one.firm} {show_money(one.price)} 元") for key, one in offers.items()
        )
        declared = [
            FieldDeclaration("offer", "报价", Choice(options), required=True),
            FieldDeclaration("reason", "理由", TEXT, hint="不是最低价时要写明"),
        ]
        by_words = {option.label: offers[option.code] for option in options} | offers

        def save(typed: Typed) -> None:
            chosen = self.desk.village.project_works.choose(
                by_words[typed["offer"]], typed["reason"]
            )
            self.desk.say(f"已选定 {chosen.firm}", self.desk.undo)

        self._ask("选定报价", declared, save, "选定")

    def sign(self) -> None:
        """Take down the contract."""
        chosen = self.file.chosen if self.file is not None else None
        values = (
            {"firm": chosen.firm, "credit_code": chosen.credit_code, "amount": chosen.price}
            if chosen is not None
            else {}
        )
        fields = (
            *("number", "firm", "credit_code", "representative", "account", "amount"),
            *("price_reason", "signed_on", "starts_on", "ends_on", "terms"),
            *("retention_share", "defects_months", "bond"),
        )
        self._take("登记合同", Contract, fields, self.desk.village.project_works.sign, values)

    def order_change(self) -> None:
        """Take down a change order."""
        self._take(
            "登记变更",
            ChangeOrder,
            ("number", "reason", "amount", "day"),
            self.desk.village.project_works.order_change,
        )

    def approve_change(self) -> None:
        """Approve the first change order that waits."""
        assert self.file is not None
        order = next(one for one in self.file.changes if one.approved_on is None)

        def save(typed: Typed) -> None:
            self.desk.village.project_works.approve_change(order, typed["decision"])
            self.desk.say("已批准变更", self.desk.undo)

        title = f"批准变更 {show_money(order.amount)} 元：{order.reason}"
        self._ask(title, [ChangeOrder.declaration("decision")], save, "批准")

    def accept(self) -> None:
        """Take down the acceptance."""
        fields = (
            *("day", "attendees", "villagers", "supervision", "passed", "volume"),
            *("conclusion", "remedy", "remedied_on"),
        )
        self._take("登记验收", Acceptance, fields, self.desk.village.project_works.accept)

    def settle(self) -> None:
        """Take down the settlement; the agreed retention is offered."""
        contract = self.file.contract if self.file is not None else None
        values = {"retention_share": contract.retention_share} if contract is not None else {}
        fields = ("day", "submitted", "approved", "auditor", "retention_share", "retention_due")
        self._take("登记结算", Settlement, fields, self.desk.village.project_works.settle, values)
