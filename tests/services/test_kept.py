"""Answers that are kept until a change touches what they were read from."""

from __future__ import annotations

from datetime import date

import pytest

from village_app.db.records.house import RuleSet
from village_app.services.rules import Rules
from village_app.village import Village

RULES = frozenset({"rule_set"})


def ask(village: Village, asked: list[str]) -> int:
    """Ask how many rules there are, and note that the table was read."""

    def find() -> int:
        asked.append("read")
        return int(village.store.scalar("SELECT count(*) FROM rule_set"))

    return village.session.kept.answer("rules", RULES, find)


def another_rule(code: str) -> RuleSet:
    return RuleSet(code=code, name="试一试", parameters="{}")


def test_an_answer_is_read_once_until_a_change_touches_its_table(village: Village) -> None:
    asked: list[str] = []
    count = ask(village, asked)
    with village.change("设置"):
        pass
    assert ask(village, asked) == count
    assert asked == ["read"]
    with village.change("加规则") as change:
        change.insert(another_rule("trial"))
    assert ask(village, asked) == count + 1
    assert asked == ["read", "read"]


def test_what_an_open_change_wrote_is_seen_within_it_and_forgotten_when_it_is_given_up(
    village: Village,
) -> None:
    asked: list[str] = []
    count = ask(village, asked)

    def give_up() -> None:
        with village.change("加规则") as change:
            change.insert(another_rule("trial"))
            assert ask(village, asked) == count + 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        give_up()
    assert ask(village, asked) == count


def test_undoing_the_change_of_a_rule_brings_the_old_rule_back_into_use(village: Village) -> None:
    rules = Rules(village.session)
    before = rules.on("issue_course", date(2026, 6, 1))["longest_heading"]
    other = {"longest_heading": before + 7}
    rules.revise("issue_course", date(2026, 5, 1), other)
    assert rules.on("issue_course", date(2026, 6, 1))["longest_heading"] == before + 7
    village.undo()
    assert rules.on("issue_course", date(2026, 6, 1))["longest_heading"] == before


def test_a_setting_holds_at_once_and_its_undoing_too(village: Village) -> None:
    before = village.settings.read().posting_place
    village.settings.write(posting_place="老榕树下的公开栏")
    assert village.settings.read().posting_place == "老榕树下的公开栏"
    village.undo()
    assert village.settings.read().posting_place == before
