"""Which font draws which character, and what no font can draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from village_app.errors import EnvironmentProblem
from village_app.papers.blocks import Face
from village_app.papers.typeset import faces
from village_app.papers.typeset.faces import FALLBACKS, ROLE_FONTS, chain, font, missing_in

RARE_NAMES = "𬱖𫖯㛃喆堃淼翀龑䶮𠅤𨨏𠮷㙍"


@pytest.mark.parametrize("role", ROLE_FONTS)
def test_every_role_draws_every_rare_name_character(role: Face) -> None:
    assert [char for char in RARE_NAMES if not chain(role).has(char)] == []


def test_a_character_outside_the_role_font_falls_back_by_itself() -> None:
    title = chain("title")
    assert title.glyph("国").font == "GSTitle"
    assert title.glyph("龑").font == "GSExt"
    assert title.glyph("𨨏").font == "GSRare"


def test_only_fallbacks_among_heavy_faces_are_thickened() -> None:
    assert chain("hei").glyph("龑").thicken
    assert not chain("hei").glyph("国").thicken
    assert not chain("fangsong").glyph("龑").thicken


def test_all_roles_hold_the_same_characters_so_that_one_check_answers_for_all() -> None:
    shared = set().union(*(font(name).face.charToGlyph for name in FALLBACKS))
    held = {name: shared | set(font(name).face.charToGlyph) for name in ROLE_FONTS.values()}
    assert all(characters == held["GSFangSong"] for characters in held.values())


def test_missing_characters_are_named_once_in_the_order_of_the_text() -> None:
    assert missing_in(["村\ue863民", "😀\ue863\n龑"]) == ("\ue863", "😀")


def test_a_missing_character_takes_the_place_of_an_empty_box() -> None:
    assert chain("kai").shown("\ue863") == "□"
    assert chain("kai").glyph("\ue863") == chain("kai").glyph("□")


def test_a_damaged_font_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "GSKai.ttf"
    damaged.write_bytes(b"no font")
    monkeypatch.setattr(faces, "resource", lambda *_: damaged)
    monkeypatch.setattr(faces, "_fonts", {})
    with pytest.raises(EnvironmentProblem, match="重新安装") as caught:
        font("GSKai")
    assert caught.value.code == "font_missing"
