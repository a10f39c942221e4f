"""Who may do what."""

from __future__ import annotations

from typing import get_args

import pytest

from village_app.domain.permissions import (
    ACTIONS,
    ROLE_LABELS,
    Role,
    action_label,
    actions_of,
    may,
    roles_for,
)

CHANGES = ("edit", "delete", "merge", "import", "approve", "reverse", "publish", "void", "vote")


def test_the_nine_roles_have_labels() -> None:
    assert tuple(ROLE_LABELS) == get_args(Role)
    assert len(ROLE_LABELS) == 9


def test_every_action_has_a_chinese_label_and_somebody_who_may() -> None:
    for name, action in ACTIONS.items():
        assert "." in name
        assert action.label
        assert not action.label.isascii()
        assert action.roles
        assert action.roles <= set(ROLE_LABELS)


def test_the_supervisor_sees_money_and_decisions_and_changes_none_of_them() -> None:
    for subject in ("money", "projects", "meetings", "notices", "funds"):
        assert may("supervisor", f"{subject}.read")
    changed = [name for name in actions_of("supervisor") if name.split(".")[1] in CHANGES]
    assert changed == []
    assert may("supervisor", "supervision.opinion")
    assert may("supervisor", "supervision.object")
    assert may("supervisor", "audit.read")


def test_a_reader_only_reads_and_sees_nothing_in_full() -> None:
    verbs = {name.split(".")[1] for name in actions_of("reader")}
    assert verbs == {"read"}
    assert not may("reader", "residents.reveal")


def test_who_enters_money_does_not_approve_it() -> None:
    assert not ACTIONS["money.edit"].roles & ACTIONS["money.approve"].roles
    assert not ACTIONS["funds.edit"].roles & ACTIONS["funds.approve"].roles


def test_only_mediators_open_cases() -> None:
    assert ACTIONS["mediation.read"].roles == {"mediator"}


def test_the_administrator_keeps_users_but_not_the_village() -> None:
    assert may("admin", "users.edit")
    assert not may("admin", "money.edit")
    assert not may("admin", "residents.reveal")


def test_an_unknown_action_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        may("admin", "residents.fly")


def test_labels_for_a_refusal() -> None:
    assert action_label("money.approve") == "审批付款"
    assert roles_for("money.approve") == ("书记", "主任")
