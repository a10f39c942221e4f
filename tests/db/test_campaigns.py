"""Short rounds of the fault campaigns; the long ones are asked for on the command line."""

from __future__ import annotations

import random
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.campaigns.__main__ import main
from bench.campaigns.bit_flips import KINDS, fill_with_every_kind, flip, places_of
from bench.campaigns.clock_jumps import jump
from bench.campaigns.disk_full import WRITERS, Writer, fill
from bench.campaigns.kills import kill
from bench.campaigns.page_kinds import PAGE, kinds_of
from bench.campaigns.power_cut import cut
from bench.campaigns.random_day import work_a_day
from bench.campaigns.recorder import Call
from bench.campaigns.records_work import DATABASE, KEY
from bench.campaigns.replayer import Disk
from bench.campaigns.workload import Workload, load_workloads
from village_app.db.cipher_file import connect

ROUNDS = 25
WORKLOADS = list(load_workloads().values())
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the recorder is of Linux")
compiled = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")


@linux
@compiled
@pytest.mark.parametrize(
    "workload", [w for w in WORKLOADS if not w.is_control], ids=lambda w: w.name
)
def test_a03_a04_a05_a06_a07_a08_a10_a12_a13_a16_a19_no_cut_of_power_breaks_or_loses_anything(
    workload: Workload,
) -> None:
    found = cut(workload, ROUNDS)
    assert found.cuts == ROUNDS
    assert found.found == {"whole": ROUNDS}, found.reasons


@linux
@compiled
@pytest.mark.parametrize("workload", [w for w in WORKLOADS if w.is_control], ids=lambda w: w.name)
def test_a_control_that_works_wrongly_shows_damage(workload: Workload) -> None:
    found = cut(workload, ROUNDS)
    assert found.found["broken"] > 0
    assert found.found["lost"] > 0


@linux
def test_a01_a02_no_kill_breaks_or_loses_anything() -> None:
    found = kill(6)
    assert found.kills == 6
    assert found.changes > 0
    assert (found.broken, found.lost) == (0, 0)


@linux
@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
def test_b01_b02_b03_b04_b05_every_writer_refuses_the_end_of_the_disk(writer: Writer) -> None:
    found = fill(writer, 4)
    assert found.refused > 0
    assert found.refused + found.done == found.limits
    assert (found.broken, found.leftovers) == (0, 0)


@linux
def test_l06_no_kill_in_a_day_of_random_work_breaks_or_loses_anything() -> None:
    found = work_a_day(6)
    assert found.kills == 6
    assert found.acts > 0
    assert (found.broken, found.lost, found.leftovers) == (0, 0, 0), found.reasons


def test_k01_k02_no_jump_of_the_clock_breaks_anything_or_pushes_a_backup_out() -> None:
    found = jump(8)
    assert (found.jumps, found.backups) == (8, 8)
    assert (found.broken, found.pushed_out) == (0, 0), found.reasons


def test_d01_d07_no_flipped_bit_stays_hidden_or_gives_a_wrong_row() -> None:
    found = flip(15)
    assert (found.flips, found.undetected, found.wrong_rows, found.unlisted) == (15, 0, 0, 0)
    assert all(found.walked[kind] for kind in KINDS), "every kind of page had its turn"


def test_every_part_of_every_page_is_a_place_of_the_walk(tmp_path: Path) -> None:
    """1 first page with its salt, and content, vector and seal of each: none is left out."""
    fill_with_every_kind(tmp_path)
    raw = (tmp_path / DATABASE).read_bytes()
    kinds = kinds_of(raw, KEY)
    with closing(connect(tmp_path / DATABASE, KEY)) as connection:
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    assert len(kinds) * PAGE == len(raw)
    assert kinds.count("free") == free > 0
    places = list(places_of(kinds, random.Random(1)))
    assert len(places) == len(set(places)) == 3 * len(kinds) + 1
    covered = {(place.page, byte) for place in places for byte in place.bytes_of_page}
    assert len(covered) == len(raw)


@linux
def test_a_campaign_says_by_its_exit_whether_it_held(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disk-full", "--only", "export", "--rounds", "3"]) == 0
    assert "写满 3 处，说明原因后拒绝 3，写成 0" in capsys.readouterr().out


# --- the simulator itself ----------------------------------------------------------------------


def disk_with(folder: Path, *calls: tuple[str, int, str, str, int, bytes]) -> Disk:
    disk = Disk(folder, {}, [])
    for kind, inode, path, second, offset, data in calls:
        two = str(folder / second) if second else ""
        disk.follow(Call(kind, inode, str(folder / path), two, offset, len(data), data))
    return disk


def states(disk: Disk, folder: Path, *, torn: bool = False) -> set[tuple[tuple[str, bytes], ...]]:
    """Draw many images and give the different ones."""
    found = set()
    for seed in range(80):
        image = folder / f"image {seed}"
        image.mkdir()
        disk.image(image, random.Random(seed), torn=torn)
        files = sorted(path for path in image.rglob("*") if path.is_file())
        found.add(tuple((p.relative_to(image).as_posix(), p.read_bytes()) for p in files))
    return found


def test_what_was_forced_is_in_every_image(tmp_path: Path) -> None:
    disk = disk_with(
        tmp_path,
        ("C", 1, "a", "", 0, b""),
        ("W", 1, "a", "", 0, b"one"),
        ("S", 1, "a", "", 0, b""),
        ("D", 0, "", "", 0, b""),
    )
    assert states(disk, tmp_path) == {(("a", b"one"),)}


def test_a_name_that_was_not_forced_may_be_missing_and_bytes_too(tmp_path: Path) -> None:
    disk = disk_with(tmp_path, ("C", 1, "a", "", 0, b""), ("W", 1, "a", "", 0, b"one"))
    assert states(disk, tmp_path) == {(), (("a", b""),), (("a", b"one"),)}


def test_a_renamed_file_stands_under_the_old_or_the_new_name_never_none(tmp_path: Path) -> None:
    disk = disk_with(
        tmp_path,
        ("C", 1, "new", "", 0, b""),
        ("W", 1, "new", "", 0, b"new"),
        ("S", 1, "new", "", 0, b""),
        ("C", 2, "list", "", 0, b""),
        ("S", 2, "list", "", 0, b""),
        ("D", 0, "", "", 0, b""),
        ("R", 0, "new", "list", 0, b""),
    )
    assert states(disk, tmp_path) == {(("list", b""), ("new", b"new")), (("list", b"new"),)}


def test_a_file_in_a_folder_whose_name_was_not_forced_is_out_of_reach(tmp_path: Path) -> None:
    disk = disk_with(
        tmp_path,
        ("M", 5, "folder", "", 0, b""),
        ("C", 1, "folder/a", "", 0, b""),
        ("S", 1, "folder/a", "", 0, b""),
        ("D", 5, "folder", "", 0, b""),
    )
    assert states(disk, tmp_path) == {(), (("folder/a", b""),)}


def test_a_torn_write_ends_at_a_border_of_sectors(tmp_path: Path) -> None:
    disk = disk_with(
        tmp_path,
        ("C", 1, "a", "", 0, b""),
        ("D", 0, "", "", 0, b""),
        ("W", 1, "a", "", 100, b"x" * 2000),
    )
    lengths = {len(state[0][1]) for state in states(disk, tmp_path, torn=True)}
    assert lengths <= {0, 512, 1024, 1536, 2048, 2100}
    assert len(lengths) > 2


def test_an_inode_used_again_is_another_file(tmp_path: Path) -> None:
    disk = disk_with(
        tmp_path,
        ("C", 1, "a", "", 0, b""),
        ("W", 1, "a", "", 0, b"first"),
        ("S", 1, "a", "", 0, b""),
        ("R", 0, "a", "b", 0, b""),
        ("U", 0, "b", "", 0, b""),
        ("C", 1, "c", "", 0, b""),
        ("S", 1, "c", "", 0, b""),
        ("D", 0, "", "", 0, b""),
    )
    assert states(disk, tmp_path) == {(("c", b""),)}
