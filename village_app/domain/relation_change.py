"""What everybody is to the new head when a household gets another one (GB/T 4761-2008).

Known are the relations to the old head. Where they leave only one answer it is given; where they
leave several (a 孙子 becomes 子 or 侄子) these are offered, and the family is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from village_app.domain.relations import HEAD, Relation

Place = Literal[
    "head",
    "spouse",
    "child",
    "child_in_law",
    "grandchild",
    "parent",
    "parent_in_law",
    "grandparent",
    "sibling",
    "other",
]
MALE = "1"
_PLACES: dict[Place, tuple[str, ...]] = {
    "head": ("01", "02"),
    "spouse": ("10", "11", "12"),
    "child": (*(f"2{n}" for n in "01234567"), "29", *(f"3{n}" for n in "01234567"), "39"),
    "child_in_law": ("28", "38"),
    "grandchild": ("40", "41", "42", "43", "44"),
    "parent": ("50", "51", "52", "57", "58"),
    "parent_in_law": ("53", "54", "55", "56"),
    "grandparent": ("60", "61", "62", "63", "64"),
    "sibling": ("70", "71", "73", "75", "77"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One of a household: relation to the old head, sex and birth as far as they are known."""

    id: int
    relation: str | None
    sex: str | None = None
    birth: date | None = None

    @property
    def place(self) -> Place:
        """Say where in the family the member stands, seen from the old head."""
        for place, codes in _PLACES.items():
            if self.relation in codes:
                return place
        return "other"


def relations_to(new_head: Member, members: Sequence[Member]) -> dict[int, Relation]:
    """Give each member's relation to a new head of the household; `asks` where the family must say.

    `members` are all that lived under the old head, those who leave included, because they tell
    who is whose child.
    """
    return {
        one.id: Relation(HEAD) if one.id == new_head.id else _relation(new_head, one, members)
        for one in members
    }


def _relation(head: Member, one: Member, members: Sequence[Member]) -> Relation:
    if head.place == "head":
        return Relation(one.relation)
    found = _FROM.get((head.place, one.place))
    return Relation(None) if found is None else found(head, one, members)


Rule = Callable[[Member, Member, Sequence[Member]], Relation]


def _by_sex(male: str, female: str) -> Rule:
    """Give a code by the member's sex; both are asked where it is not known."""

    def rule(_head: Member, one: Member, _members: Sequence[Member]) -> Relation:
        if one.sex not in ("1", "2"):
            return Relation(None, (male, female))
        return Relation(male if one.sex == MALE else female)

    return rule


def _through(
    man: Rule, woman: Rule, *, by: Callable[[Member, Sequence[Member]], str | None]
) -> Rule:
    """Choose between two rules by the sex of whoever links the two; unknown asks both."""

    def rule(head: Member, one: Member, members: Sequence[Member]) -> Relation:
        linking = by(head, members)
        if linking in ("1", "2"):
            return (man if linking == MALE else woman)(head, one, members)
        both = (man(head, one, members), woman(head, one, members))
        codes = [code for found in both for code in (found.asks or (found.code,)) if code]
        return Relation(None, tuple(dict.fromkeys(codes)))

    return rule


def _old_head_sex(_head: Member, members: Sequence[Member]) -> str | None:
    return next((one.sex for one in members if one.place == "head"), None)


def _parent_sex(_head: Member, members: Sequence[Member]) -> str | None:
    """Give the sex of the one child of the old head; with several nobody knows whose child."""
    children = {one.sex for one in members if one.place == "child"}
    return children.pop() if len(children) == 1 else None


def _own_sex(head: Member, _members: Sequence[Member]) -> str | None:
    return head.sex


def _kept(_head: Member, one: Member, _members: Sequence[Member]) -> Relation:
    return Relation(one.relation)


def _sibling(head: Member, one: Member, _members: Sequence[Member]) -> Relation:
    older, younger = ("71", "73") if one.sex == MALE else ("75", "77")
    if one.sex not in ("1", "2"):
        return Relation(None, ("71", "73", "75", "77"))
    if head.birth is None or one.birth is None or head.birth == one.birth:
        return Relation(None, (older, younger))
    return Relation(older if one.birth < head.birth else younger)


def _sibling_or_cousin(head: Member, one: Member, members: Sequence[Member]) -> Relation:
    """Grandchildren of the old head are siblings where he has one child in the household."""
    found = _sibling(head, one, members)
    children = [other for other in members if other.place == "child"]
    if len(children) <= 1:
        return found
    return Relation(None, (*(found.asks or ((found.code,) if found.code else ())), "91"))


def _grandparent_line(head: Member, _members: Sequence[Member]) -> str | None:
    """Tell on whose side a grandparent stands: 祖父 61 the father's, 外祖父 63 the mother's."""
    return {"61": "1", "62": "1", "63": "2", "64": "2"}.get(head.relation or "")


def _in_law_of_child(head: Member, one: Member, members: Sequence[Member]) -> Relation:
    """A child's household: the old head's 儿媳 or 女婿 is the spouse, or a sibling's spouse."""
    sons = [other for other in members if other.place == "child" and other.sex == head.sex]
    spouse = "12" if one.sex != MALE else "11"
    siblings = ("72", "74") if one.sex != MALE else ("76", "78")
    if one.sex == head.sex:
        return Relation(None, siblings)
    return Relation(spouse) if len(sons) == 1 else Relation(None, (spouse, *siblings))


def _child_of_in_law(head: Member, one: Member, members: Sequence[Member]) -> Relation:
    """A daughter-in-law's household: the only son is her husband, his sisters are not."""
    fitting = [other for other in members if other.place == "child" and other.sex != head.sex]
    spouse = "11" if one.sex == MALE else "12"
    if one.sex == head.sex or one.sex not in ("1", "2"):
        return Relation(None, ("97", spouse) if one.sex not in ("1", "2") else ("97",))
    return Relation(spouse) if len(fitting) == 1 else Relation(None, (spouse, "97"))


def _child_or_nephew(head: Member, one: Member, members: Sequence[Member]) -> Relation:
    """A grandchild of the old head is the new head's child, or a brother's or sister's.

    孙子 and 孙女 are children of sons, 外孙 of daughters; whose of several is asked.
    """
    if one.sex not in ("1", "2"):
        return Relation(None, ("20", "30", "93", "94"))
    own = "20" if one.sex == MALE else "30"
    brothers, sisters = ("93", "95") if one.sex == MALE else ("94", "96")
    line = _LINES.get(one.relation or "")
    possible = [other for other in members if other.place == "child" and line in (None, other.sex)]
    of_line = head.sex == line if head.place == "child" else head.sex != line
    if line is not None and not of_line:
        return Relation(brothers if line == MALE else sisters)
    if len(possible) <= 1:
        return Relation(own)
    return Relation(None, (own, sisters if line == "2" else brothers))


# 孙 comes down through a son, 外孙 through a daughter; 40 does not say.
_LINES = {"41": "1", "42": "1", "43": "2", "44": "2"}


def _asked(*codes: str) -> Rule:
    def rule(_head: Member, _one: Member, _members: Sequence[Member]) -> Relation:
        return Relation(None, codes)

    return rule


_CHILD, _PARENT, _SPOUSE = _by_sex("20", "30"), _by_sex("51", "52"), _by_sex("11", "12")
_CHILD_IN_LAW = _by_sex("28", "38")
_FATHERS_SIDE, _MOTHERS_SIDE = _by_sex("61", "62"), _by_sex("63", "64")
_HUSBANDS, _WIFES = _by_sex("53", "54"), _by_sex("55", "56")
_GRANDPARENT = _through(_FATHERS_SIDE, _MOTHERS_SIDE, by=_old_head_sex)
_GRANDCHILD = _through(_by_sex("41", "42"), _by_sex("43", "44"), by=_old_head_sex)
# A woman's parents-in-law are her husband's parents (公公、婆婆), a man's are his wife's.
_PARENT_IN_LAW = _through(_WIFES, _HUSBANDS, by=_own_sex)

_OF_GRANDPARENT = _through(_by_sex("41", "42"), _by_sex("43", "44"), by=_grandparent_line)

# (place of the new head, place of the member) → what the member is to the new head.
_FROM: dict[tuple[Place, Place], Rule] = {
    ("spouse", "head"): _SPOUSE,
    ("spouse", "child"): _kept,
    ("spouse", "child_in_law"): _kept,
    ("spouse", "grandchild"): _kept,
    ("spouse", "parent"): _PARENT_IN_LAW,
    ("spouse", "parent_in_law"): _PARENT,
    ("child", "head"): _PARENT,
    ("child", "spouse"): _PARENT,
    ("child", "child"): _sibling,
    ("child", "child_in_law"): _in_law_of_child,
    ("child", "grandchild"): _child_or_nephew,
    ("child", "parent"): _GRANDPARENT,
    ("child_in_law", "head"): _PARENT_IN_LAW,
    ("child_in_law", "spouse"): _PARENT_IN_LAW,
    ("child_in_law", "child"): _child_of_in_law,
    ("child_in_law", "grandchild"): _child_or_nephew,
    ("grandchild", "head"): _through(_FATHERS_SIDE, _MOTHERS_SIDE, by=_parent_sex),
    ("grandchild", "spouse"): _through(_FATHERS_SIDE, _MOTHERS_SIDE, by=_parent_sex),
    ("grandchild", "child"): _asked("51", "52", "81", "83", "85", "89"),
    ("grandchild", "child_in_law"): _asked("51", "52", "82", "84", "86", "90"),
    ("grandchild", "grandchild"): _sibling_or_cousin,
    ("parent", "head"): _CHILD,
    ("parent", "spouse"): _CHILD_IN_LAW,
    ("parent", "child"): _GRANDCHILD,
    ("parent", "grandchild"): _asked("47", "48"),
    ("parent", "parent"): _SPOUSE,
    ("parent", "sibling"): _CHILD,
    ("grandparent", "head"): _OF_GRANDPARENT,
    ("grandparent", "sibling"): _OF_GRANDPARENT,
    ("sibling", "head"): _sibling,
    ("sibling", "sibling"): _sibling,
    ("sibling", "parent"): _kept,
    ("sibling", "grandparent"): _kept,
    ("sibling", "child"): _through(_by_sex("93", "94"), _by_sex("95", "96"), by=_old_head_sex),
}
