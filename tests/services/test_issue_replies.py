"""Letters that answer matters: template by state, number, signature, own templates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.papers.printed import Printed
from tests.services.lamp_matter import answered, lamp_matter, settle
from village_app.errors import InvalidInput, Refused
from village_app.papers.pdf import write_pdf
from village_app.services.issues.replies import ReplyTemplate
from village_app.village import Village


def written(village: Village, **more: Any) -> Any:
    issue = answered(village, lamp_matter(village, settle(village)))
    draft = village.issue_replies.draft(issue)
    return village.issue_replies.send(issue, {**draft, **more})


def test_the_template_of_the_state_is_filled_from_the_matter(village: Village) -> None:
    issue = answered(village, lamp_matter(village, settle(village)))
    draft = village.issue_replies.draft(issue)
    assert draft["heading"] == "关于村前塘边路灯坏了三盏的答复意见"
    assert draft["addressee"] == "陈国良"
    assert "更换三盏路灯。" in draft["text"]
    assert "隔诉〔2026〕0001号" in draft["text"]
    assert "｛" not in draft["text"]


def test_every_state_with_a_letter_has_its_own_template(village: Village) -> None:
    issue = lamp_matter(village)
    assert "已登记受理" in village.issue_replies.draft(issue)["text"]
    village.issue_work.refuse(issue, "属于镇里管的公路")
    text = village.issue_replies.draft(issue)["text"]
    assert "不予受理" in text
    assert "属于镇里管的公路" in text


def test_a_letter_gets_its_number_and_a_step_tells_of_it(village: Village) -> None:
    reply = written(village)
    assert reply.number == "隔复〔2026〕1号"
    issue = village.issues.get(reply.issue_id)
    assert "出具答复意见隔复〔2026〕1号" in [one.text for one in village.issues.file(issue).steps]
    assert [one.id for one in village.issue_replies.of(issue)] == [reply.id]


def test_an_anonymous_letter_names_nobody(village: Village) -> None:
    issue = lamp_matter(village, reporter_kind="匿名")
    assert village.issue_replies.draft(issue)["addressee"] == "反映人"


@pytest.mark.parametrize("lines", [*range(14, 20), 40])
def test_the_signature_never_stands_alone_on_a_page(village: Village, lines: int) -> None:
    text = "\n".join(f"第{at}点，路灯线路已经全部查过。" for at in range(lines))
    paper = village.issue_replies.paper(written(village, text=text))
    data = write_pdf(paper)
    last = Printed(data.data).pages[-1].text
    assert "隔坑村民委员会" in last
    assert "路灯线路" in last


def test_the_village_changes_its_templates_and_letters_stay(village: Village) -> None:
    reply = written(village)
    own = ReplyTemplate("村里的答复", ("visiting",), "事情办好了：｛办理结果｝。")
    village.issue_replies.set_templates([own])
    issue = village.issues.get(reply.issue_id)
    assert village.issue_replies.draft(issue)["text"] == "事情办好了：更换三盏路灯。"
    assert "事情办好了" not in village.issue_replies.get(reply.id).text
    with pytest.raises(Refused, match="还没有答复模板"):
        village.issue_replies.draft(lamp_matter(village))


@pytest.mark.parametrize(
    "templates",
    [
        [ReplyTemplate("", ("visiting",), "好")],
        [ReplyTemplate("甲", ("unknown",), "好")],
        [ReplyTemplate("甲", ("visiting",), " ")],
        [ReplyTemplate("甲", ("visiting",), "好"), ReplyTemplate("甲", ("visiting",), "好")],
    ],
)
def test_unusable_templates_are_refused_and_the_old_ones_stay(
    village: Village, templates: list[ReplyTemplate]
) -> None:
    before = village.issue_replies.templates()
    with pytest.raises(InvalidInput):
        village.issue_replies.set_templates(templates)
    assert village.issue_replies.templates() == before
