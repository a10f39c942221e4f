"""Templates of notices: the shipped ones and the village's own words for them, without code.

A template is text with places ｛…｝: some are filled by the program (｛村名｝), the others
by the clerk. The village's own version stands before the shipped one until it is reset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from village_app.db.records.notices import SERIES_OF_KIND
from village_app.db.records.posting import NoticeTemplate
from village_app.domain.resources import load_json
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Layout, Paper, Signature
from village_app.papers.filling import DATE, NUMBER, PERIOD, fill_text, place_for
from village_app.papers.written import read_body
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

_PLACE = re.compile(r"｛([^｛｝]{1,20})｝")
_LONE_BRACE = re.compile(r"[｛｝]")
_SAMPLES: dict[str, str] = {
    "事项": "村前塘路灯安装",
    PERIOD: "2026年3月13日至2026年3月19日（共7日）",
    DATE: "2026年3月13日",
    NUMBER: "隔村公示〔2026〕1号",
}


@dataclass(frozen=True, slots=True)
class Template:
    """One template; `fields` are the places that the clerk fills."""

    code: str
    label: str
    kind: str
    layout: Layout
    title: str
    body: tuple[str, ...]
    policy: str
    period_days: int | None
    period_unit: str
    catalogue: str
    letterhead: bool
    to: str
    about: str
    is_own: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Name the places in the order in which they stand."""
        texts = (self.title, self.to, *self.body)
        return tuple(dict.fromkeys(name for text in texts for name in _PLACE.findall(text)))


class NoticeTemplates(Service):
    """Finds templates, keeps the village's own, and fills in what the village is called."""

    @permitted("notices.read")
    def listed(self) -> list[Template]:
        """List the shipped templates (as the village words them) and then its copies."""
        own = {row.code: row for row in self.store.rows(self.store.select(NoticeTemplate))}
        shipped = shipped_templates()
        found = [_worded(one, own.get(one.code)) for one in shipped.values()]
        found += [
            _worded(shipped[row.base], row) for code, row in own.items() if code not in shipped
        ]
        return found

    @permitted("notices.read")
    def get(self, code: str) -> Template:
        """Give a template by its code; refuses one that is not there."""
        for template in self.listed():
            if template.code == code:
                return template
        raise Refused("no_template", "没有这个模板，请从名单里选。")

    @permitted("notices.read")
    def fields(self) -> dict[str, str]:
        """Give the places that the program fills, with what they say today."""
        settings = Settings(self.session).read()
        return {
            "村名": settings.village,
            "镇名": settings.town,
            "村委会": settings.committee_name(),
            "监委会": settings.supervision,
            "监督电话": settings.supervision_phone,
            "张贴地点": settings.posting_place,
            "接访地点": settings.reception_place,
        }

    @permitted("notices.read")
    def paper(self, code: str, heading: str = "") -> Paper:
        """Make the paper that a notice of this template begins with; open places stay open."""
        template = self.get(code)
        settings = Settings(self.session).read()
        known = {name: text for name, text in self.fields().items() if text}
        letterhead = settings.letterhead or f"{settings.town}{settings.committee_name()}"
        empty = Paper(
            layout=template.layout,
            title=fill_text(heading.strip() or template.title, known),
            to=fill_text(template.to, known),
            letterhead=letterhead if template.letterhead else "",
            blocks=(Signature((settings.committee_name(),), place_for(DATE)),),
            public=True,
            policy=template.policy,
        )
        return read_body(fill_text("\n".join(template.body), known), empty)

    @permitted("notices.read")
    def sample(self, code: str) -> Paper:
        """Make the paper with sample values in every place, for looking at a template."""
        paper = self.paper(code)
        values = {name: _SAMPLES.get(name, f"（{name}）") for name in self.get(code).fields}
        body = "\n".join(self.get(code).body)
        title = fill_text(paper.title, values | self.fields())
        filled = read_body(fill_text(body, values | self.fields()), paper)
        return replace(filled, title=title, to=fill_text(paper.to, values), draft=True)

    @permitted("settings.edit")
    def word(self, code: str, *, name: str, heading: str, body: str) -> Template:
        """Give a template the village's own words; kept beside the shipped one."""
        base = self.get(code)
        _refuse_unusable(name, heading, body)
        found = self._own(code)
        values: dict[str, Any] = {"name": name.strip(), "heading": heading.strip(), "body": body}
        with self.session.change(f"修改模板 {name.strip()}") as change:
            if found is None:
                change.insert(NoticeTemplate(code=code, base=code, kind=base.kind, **values))
            else:
                change.update(found, **values)
        return self.get(code)

    @permitted("settings.edit")
    def copy(self, code: str, name: str) -> Template:
        """Make a template of the village's own after another one."""
        source = self.get(code)
        if not name.strip() or any(one.label == name.strip() for one in self.listed()):
            raise InvalidInput([Fault("name", "taken", "模板要有自己的名称，不能和别的重名。")])
        own = self._own(code)
        base = own.base if own is not None else code
        with self.session.change(f"新增模板 {name.strip()}") as change:
            row = NoticeTemplate(
                code="pending",
                name=name.strip(),
                kind=source.kind,
                heading=source.title,
                body="\n".join(source.body),
                base=base,
            )
            row.id = change.reserve_id()
            row.code = f"own-{row.id}"
            change.insert_rows(NoticeTemplate, [{"id": row.id, **row.values()}])
        return self.get(row.code)

    @permitted("settings.edit")
    def reset(self, code: str) -> None:
        """Go back to the shipped words; a copy of the village's own is removed."""
        found = self._own(code)
        if found is None:
            raise Refused("as_shipped", "这个模板就是随程序带来的样子，没有改过。")
        with self.session.change(f"恢复模板 {found.name}") as change:
            change.delete(found)

    def _own(self, code: str) -> NoticeTemplate | None:
        found: NoticeTemplate | None = (
            self.store.select(NoticeTemplate).where(NoticeTemplate.code == code).first()
        )
        return found


@cache
def shipped_templates() -> dict[str, Template]:
    """Read the templates that travel with the program, by code."""
    plain = load_json("notices", "templates.json")["templates"]
    return {entry["code"]: Template(**{**entry, "body": tuple(entry["body"])}) for entry in plain}


def _worded(template: Template, own: NoticeTemplate | None) -> Template:
    if own is None:
        return template
    return replace(
        template,
        code=own.code,
        label=own.name,
        title=own.heading,
        body=tuple(own.body.split("\n")),
        is_own=True,
    )


def _refuse_unusable(name: str, heading: str, body: str) -> None:
    faults = [
        Fault(field, "required", f"{label}不能空。")
        for field, label, text in (
            ("name", "模板名称", name),
            ("heading", "标题", heading),
            ("body", "正文", body),
        )
        if not text.strip()
    ]
    faults += [
        Fault(field, "open_brace", "｛ 和 ｝ 要成对，中间写 1 到 20 个字的名称。")
        for field, text in (("heading", heading), ("body", body))
        if _LONE_BRACE.search(_PLACE.sub("", text))
    ]
    if faults:
        raise InvalidInput(faults)


def kinds_without_template() -> frozenset[str]:
    """Name the kinds of notices that no shipped template makes (made from records only)."""
    return frozenset(SERIES_OF_KIND) - {one.kind for one in shipped_templates().values()}
