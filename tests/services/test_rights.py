"""Every service function names its action, and every action is in the one table (J01, J02)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import village_app.services
from tests.services.conftest import PASSWORD, QUICK, TurningClock
from village_app.domain.permissions import ACTIONS, ROLE_LABELS, may
from village_app.errors import Refused
from village_app.services.session import Service, User
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]

# Read only within an open change by other service functions that were permitted themselves.
INNER: frozenset[str] = frozenset(
    {
        "Places.insert",
        "Settings.set_up",
        "Residents.completed",
        "Users.follow_vault",
    }
)


def service_functions() -> Iterator[tuple[str, object]]:
    for found in pkgutil.walk_packages(village_app.services.__path__, "village_app.services."):
        module = importlib.import_module(found.name)
        for _, one in inspect.getmembers(module, inspect.isclass):
            if (
                issubclass(one, Service)
                and one is not Service
                and one.__module__ == module.__name__
            ):
                for name, function in inspect.getmembers(one, inspect.isfunction):
                    if not name.startswith("_") and name in vars(one):
                        yield f"{one.__name__}.{name}", function


FUNCTIONS = dict(service_functions())


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - INNER))
def test_j02_every_service_function_has_an_action_of_the_table(name: str) -> None:
    action = getattr(FUNCTIONS[name], "action", None)
    assert action in ACTIONS, f"{name} says no action of domain/permissions.py"


def test_the_inner_functions_are_still_there() -> None:
    assert set(FUNCTIONS) >= INNER


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - INNER))
def test_j01_j02_a_function_refuses_exactly_the_roles_outside_its_action(
    name: str, refusing_village: Village
) -> None:
    """Walk function × role; a permitted role gets past the check (and fails on missing words)."""
    function = FUNCTIONS[name]
    action = str(getattr(function, "action", ""))
    service = Service(refusing_village.session)
    for role in ROLE_LABELS:
        refusing_village.session.user = User("某人", "某人", role)
        if may(role, action):
            refusing_village.session.require(action)
            continue
        with pytest.raises(Refused) as caught:
            function(service)  # type: ignore[operator]
        assert caught.value.code == "not_permitted", role


@pytest.fixture(scope="module")
def refusing_village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """One village for the whole walk: nothing is written in it but refusals."""
    from datetime import UTC, datetime

    from village_app.opening import NewVillage, create_village

    folder = tmp_path_factory.mktemp("rights") / "村"
    opened, _ = create_village(
        folder,
        NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD),
        clock=TurningClock(datetime(2026, 1, 12, tzinfo=UTC)),
        cost=QUICK,
    )
    yield opened
    opened.close()


MONEY_AND_DECISIONS = ("money", "projects", "meetings", "notices", "supervision")
# What the supervision committee writes is its own: checks, opinions, objections.
ITS_OWN = frozenset({"notices.check", "supervision.opinion", "supervision.object"})


def test_the_supervisor_sees_all_of_money_and_decisions_and_changes_nothing() -> None:
    """村务监督机构 looks, checks and objects; it books, decides and posts nothing (SA-11)."""
    seen = {name for name in ACTIONS if name.endswith((".read", ".export", ".reveal"))}
    for name in ACTIONS:
        if name.split(".")[0] not in MONEY_AND_DECISIONS:
            continue
        assert may("supervisor", name) == (name in seen or name in ITS_OWN), name
