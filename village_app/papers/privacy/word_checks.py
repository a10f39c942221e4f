"""Checks for words about illness, disability, poverty and the like, and for where people live."""

from __future__ import annotations

import re
from collections.abc import Iterator

from village_app.domain.masking import keep_ends, mask_address, mask_name
from village_app.papers.edits import Rewrite
from village_app.papers.places import Place, PlacedText
from village_app.papers.privacy.findings import Suspicion
from village_app.papers.privacy.folding import fold
from village_app.papers.privacy.rules import gate_rules
from village_app.papers.privacy.surroundings import Situation

_CLAUSE = re.compile(r"[^\n。；！？]+")
_AGE = re.compile(r"(?<![0-9—–\-至到.])(\d{1,2})周?岁(?![以至到—–\-])")
_HOUSE = re.compile(
    r"(?:[家现居]?住[在于址]?)?(?P<address>[\u4e00-\u9fff]{0,8}(?:路|街|巷|里|弄|坊|组|队|村|区|围|岭|埔|园)第?[0-9]{1,4}(?:-[0-9]{1,4})*"
    r"(?:号|栋|幢|座)(?!灯|杆|井|车|文|公告|决议|地块|图斑|宗|门店|铺|楼灯|机|泵|线)"
    r"(?:[0-9]{1,4}(?:号|栋|座|室|房|单元))*)"
)
_HOUSE_WORD = re.compile("[号栋幢座]")
_DISTANCE = 24


def check_words(
    text: PlacedText, situation: Situation, *, beside_person: bool
) -> Iterator[Suspicion]:
    """Find matters that are never public, where they are said of a person.

    `beside_person` says that the row or form names somebody. Without a person such words are
    about a service or an event, and pass.
    """
    rules = gate_rules()
    if not rules.may_be_matter.search(text.text):
        return
    if beside_person and text.text.strip() in rules.matter_cells:
        yield _matter(text.place, text.text.strip(), rules.matter_cells[text.text.strip()])
        return
    for clause in _CLAUSE.finditer(text.text):
        words = _bare_matters(clause[0])
        if words and (beside_person or names_a_person(clause[0], situation)):
            for word in words:
                yield _matter(text.place, word, rules.matters[word])


def _bare_matters(clause: str) -> list[str]:
    rules = gate_rules()
    if not rules.matter_words.search(clause):
        return []
    harmless = [found.span() for found in rules.harmless.finditer(clause)]
    return [
        found[0]
        for found in rules.matter_words.finditer(clause)
        if not any(start < found.end() and found.start() < end for start, end in harmless)
    ]


def _matter(place: Place, word: str, label: str) -> Suspicion:
    shown = f"{label}：{keep_ends(word, 1, 0)}"
    if place.part == "cell":
        return Suspicion("never_matter", place, shown, "清空这一格", (Rewrite(place, "", ""),))
    return Suspicion("never_matter", place, shown, "隐去这几个字", (Rewrite(place, word, "***"),))


def names_a_person(clause: str, situation: Situation) -> bool:
    """Tell whether a clause speaks of somebody: a known name, a masked one, 户主, 陈伯 …"""
    if gate_rules().person.search(clause):
        return True
    return bool(situation.around.names_in(clause))


def check_house_numbers(
    text: PlacedText, situation: Situation, *, beside_person: bool
) -> Iterator[Suspicion]:
    """Find the number of a house beside a person's name; an office's address passes."""
    if situation.policy.address == "full" or not _HOUSE_WORD.search(text.text):
        return
    folded = fold(text.text)
    for found in _HOUSE.finditer(folded.text):
        start = max(0, found.start() - _DISTANCE)
        nearby = re.split(r"[\n。；]", folded.text[start : found.end() + _DISTANCE])
        clause = next((part for part in nearby if found[0] in part), found[0])
        if gate_rules().office.search(clause):
            continue
        is_home = gate_rules().residence.search(clause) or names_a_person(clause, situation)
        if beside_person or is_home:
            piece = folded.cut(*found.span("address"))
            masked = mask_address(piece)
            rewrite = Rewrite(text.place, piece, masked)
            yield Suspicion("house_number", text.place, masked, f"改为 {masked}", (rewrite,))


def check_names(text: PlacedText, situation: Situation) -> Iterator[Suspicion]:
    """Find full names of residents in running text where the policy masks names."""
    if situation.policy.name == "full":
        return
    for name in situation.around.names_in(text.text):
        if len(name) > 1 and name not in situation.around.consenting:
            masked = mask_name(name)
            rewrite = Rewrite(text.place, name, masked)
            yield Suspicion("name_in_text", text.place, masked, f"改为 {masked}", (rewrite,))


def check_ages(
    text: PlacedText, situation: Situation, *, beside_person: bool
) -> Iterator[Suspicion]:
    """Find the age of a child said of somebody: 其子 8 岁."""
    if "岁" not in text.text:
        return
    for clause in _CLAUSE.finditer(text.text):
        for found in _AGE.finditer(clause[0]):
            young = int(found[1]) < situation.policy.child_age
            if young and (beside_person or names_a_person(clause[0], situation)):
                yield Suspicion("child", text.place, found[0], "删去这个孩子的内容")
