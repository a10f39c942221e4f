"""Kills while a list is written out, and while an import is taken back (A14, A17)."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.killing import killed_in, new_folder, opened
from village_app.db.files import is_passing
from village_app.db.records.residents import Resident
from village_app.papers.blocks import Paper
from village_app.village import Village

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="要用 fork 和 SIGKILL")
PEOPLE, KILLS = 400, 8
PHONE = "1380013{:04}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_folder(tmp_path / "隔坑村 资料")


def bring_people(village: Village) -> None:
    rows = [{"name": "何强志", "phone": PHONE.format(number)} for number in range(PEOPLE)]
    with village.change("导入居民", kind="import") as change:
        change.insert_rows(Resident, rows)


def is_whole(path: Path) -> bool:
    """Say whether a written list can be read to its last row, a paper to its last page."""
    if path.suffix == ".pdf":
        import pypdfium2

        return len(pypdfium2.PdfDocument(path.read_bytes())) >= 1
    from openpyxl import load_workbook

    rows = load_workbook(io.BytesIO(path.read_bytes()), read_only=True).worksheets[0].iter_rows()
    return sum("何强志" in [cell.value for cell in row] for row in rows) == PEOPLE


def test_a14_a_list_written_out_is_the_old_one_or_the_new_one_and_nothing_plain_stays(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "给镇里的"
    out.mkdir()
    with opened(folder) as village:
        bring_people(village)

    def write(village: Village) -> Iterator[object]:
        paper: Paper = village.handover.paper()
        while True:
            village.exports.keep(out / "居民.xlsx", village.exports.write("residents").content)
            village.exports.keep(out / "移交清单.pdf", village.exports.pdf(paper))
            yield out

    for seed in range(KILLS):
        assert killed_in(folder, write, seed, within=0.3) > 0
        for path in (out / "居民.xlsx", out / "移交清单.pdf"):
            assert is_whole(path), seed
        opened(folder).close()
        assert list((folder / ".private").rglob("*")) == []
        assert not [path for path in tmp_path.rglob("*") if is_passing(path)], seed


def test_a17_an_import_is_taken_back_whole_or_not_at_all(folder: Path) -> None:
    def back_and_forth(village: Village) -> Iterator[object]:
        while True:
            bring_people(village)
            yield village.undo()

    seen = set()
    for seed in range(KILLS):
        killed_in(folder, back_and_forth, seed, within=0.15)
        with opened(folder) as village:
            count = int(village.store.scalar("SELECT count(*) FROM resident"))
            assert count in {0, PEOPLE}
            seen.add(count)
            assert village.audit.verify().is_whole
            assert village.selfcheck.run().is_sound
            if count:
                village.undo()
            assert village.store.scalar("SELECT count(*) FROM resident") == 0
    assert seen
