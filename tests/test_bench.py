"""The bench harness, with callables whose time is known."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.registry import (
    Measured,
    Registry,
    Result,
    Unavailable,
    alternate,
    alternate_figures,
    load_subjects,
    process_time,
)


class FakeClock:
    """A clock that moves only when a piece of work says so."""

    def __init__(self) -> None:
        self.now = 0.0
        self.order: list[str] = []

    def __call__(self) -> float:
        return self.now

    def work(self, name: str, *seconds: float) -> Callable[[], None]:
        """Give a callable whose calls take these seconds in turn, the last one for ever."""
        left = list(seconds)

        def call() -> None:
            self.order.append(name)
            self.now += left.pop(0) if len(left) > 1 else left[0]

        return call


def test_alternate_gives_medians_and_leaves_the_first_call_out() -> None:
    clock = FakeClock()
    ours = clock.work("ours", 100, 1, 2, 9)
    other = clock.work("other", 100, 4, 4, 5)
    assert alternate(ours, other, rounds=3, clock=clock) == (2, 4)


def test_who_begins_changes_every_round() -> None:
    clock = FakeClock()
    alternate(clock.work("a", 1), clock.work("b", 1), rounds=3, clock=clock)
    assert clock.order == ["a", "b", "a", "b", "b", "a", "a", "b"]


def test_figures_that_are_measured_elsewhere_are_taken_in_turn() -> None:
    ours, other = iter([3.0, 1.0, 2.0]), iter([30.0, 10.0, 20.0])
    assert alternate_figures(lambda: next(ours), lambda: next(other), rounds=3) == (2.0, 20.0)


def a_registry(*, with_missing: bool = False) -> Registry:
    registry = Registry()

    @registry.ratio("half", unit="ms")
    def half() -> Measured:
        """我们只用一半。

        The rest is not shown.
        """
        return 1.5, 3.0

    @registry.ratio("double")
    def double() -> Measured:
        return 4.0, 2.0

    if with_missing:

        @registry.ratio("peer")
        def peer() -> Measured:
            raise Unavailable("这台电脑没有装那个程序")

    return registry


def test_json_has_the_stable_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"], a_registry()) == 0
    assert json.loads(capsys.readouterr().out) == {
        "ratios": [
            {"name": "half", "ours": 1.5, "other": 3.0, "ratio": 0.5, "unit": "ms"},
            {"name": "double", "ours": 4.0, "other": 2.0, "ratio": 2.0, "unit": "s"},
        ]
    }


def test_a_name_measures_only_that_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["double", "--json"], a_registry()) == 0
    (only,) = json.loads(capsys.readouterr().out)["ratios"]
    assert only["name"] == "double"


def test_the_table_is_aligned_for_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    main([], a_registry())
    assert capsys.readouterr().out.splitlines() == [
        "名称    我们  对照  比值  单位",
        "half    1.5   3     0.5   ms",
        "double  4     2     2     s",
    ]


def test_an_unknown_name_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["triple"], a_registry()) == 2
    assert "没有叫 triple 的比值。现有：half、double" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--fast"], ["half", "double"]])
def test_words_that_are_not_understood_show_the_help(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, a_registry()) == 2
    assert "./run bench" in capsys.readouterr().err


def test_list_tells_what_each_compares(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["half", "--list"], a_registry()) == 0
    assert capsys.readouterr().out == "half  我们只用一半。\n"


def test_what_cannot_be_measured_is_said_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--json"], a_registry(with_missing=True)) == 1
    said = capsys.readouterr()
    assert [found["name"] for found in json.loads(said.out)["ratios"]] == ["half", "double"]
    assert "没有量：这台电脑没有装那个程序" in said.err


def test_two_ratios_of_one_name_are_refused() -> None:
    registry = a_registry()
    with pytest.raises(ValueError, match="half"):
        registry.ratio("half")(lambda: (1.0, 1.0))


def test_a_ratio_below_one_means_less_than_the_other() -> None:
    assert Result("x", 1.0, 4.0, "s").ratio == 0.25


def test_a_subject_file_is_found_by_lying_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "bench_of_a_test"
    package.mkdir()
    for name in ("__init__", "__main__", "registry", "reading", "writing"):
        (package / f"{name}.py").touch()
    (package / "__main__.py").write_text("raise SystemExit('started by looking')")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert load_subjects("bench_of_a_test") == ["reading", "writing"]
    assert "bench_of_a_test.reading" in sys.modules


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_process_is_timed_until_its_line_and_then_ended() -> None:
    ready = "import time; print('shown', flush=True); time.sleep(600)"
    assert 0 < process_time(python(ready), "shown", seconds=30) < 30


def test_a_process_without_a_line_is_timed_to_its_end() -> None:
    assert process_time(python("print('work')")) > 0


@pytest.mark.parametrize(
    ("code", "until", "seconds"),
    [
        ("raise SystemExit(3)", None, 30),
        ("print('something else')", "shown", 30),
        ("import time; time.sleep(600)", "shown", 0.2),
    ],
)
def test_a_process_that_never_gets_there_is_no_figure(
    code: str, until: str | None, seconds: float
) -> None:
    with pytest.raises(RuntimeError):
        process_time(python(code), until, seconds=seconds)
