"""Which column is which field: by the words of its name, by its content, each field once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from village_app.domain.kinds import Choice
from village_app.errors import Refused
from village_app.importing.tables.column_matches import ColumnMatch, Given, Matching
from village_app.importing.tables.content import (
    TESTS_BY_KIND,
    ColumnSamples,
    ContentTest,
    is_running_number,
    readable_by,
    sample_column,
)
from village_app.importing.tables.headers import Heading, HeadingGuess, Vocabulary, header_signature
from village_app.importing.tables.layouts import MemberColumns
from village_app.importing.tables.surface import Surface
from village_app.importing.tables.targets import Target

ONLY_HEADS = "没有“姓名”列，一行就是一位户主"
"""Why a column of heads is taken for the names of the lines."""
LEAST = 0.5
"""Below this confidence a column stays unmatched and is shown with samples."""


@dataclass(frozen=True, slots=True)
class _Claim:
    score: float
    by_name: float
    place: int
    field: str
    reason: str


class ColumnMatcher:
    """Matches the columns of one table part against the fields of a target."""

    def __init__(self, target: Target, surface: Surface, records: tuple[int, ...]) -> None:
        self._target = target
        self._vocabulary: Vocabulary = target.vocabulary()
        self._surface = surface
        self._records = records
        self._tests = _tests_of(target)
        self._anchored = False

    def match(
        self,
        headings: tuple[Heading, ...],
        members: MemberColumns | None = None,
        given: Mapping[str, Given] | None = None,
    ) -> Matching:
        """Match all columns; `given` maps heading keys to what was decided for them.

        What is given for a field the target no longer has counts for nothing; two columns given
        to one field are refused.
        """
        known = {declared.name for declared in self._target.all_fields} | {None}
        chosen = {key: one for key, one in (given or {}).items() if one.field in known}
        signature = header_signature(headings)
        keys = {heading.column: heading for heading in headings}
        if members is None:
            found = self._match_group(headings, 0, chosen, keys, of_head=False)
            return Matching(self._settle_seconds(self._settle_head(found)), signature)
        found = self._match_group(members.shared, 0, chosen, keys, of_head=True)
        for group in members.groups:
            found += self._match_group(group.headings, group.place, chosen, keys, of_head=False)
        in_order = sorted(found, key=lambda match: match.column)
        return Matching(tuple(in_order), signature, members.groups)

    def _match_group(
        self,
        headings: tuple[Heading, ...],
        member: int,
        chosen: Mapping[str, Given],
        written: Mapping[int, Heading],
        *,
        of_head: bool,
    ) -> tuple[ColumnMatch, ...]:
        samples = [self._samples(heading.column) for heading in headings]
        fixed = {
            place: chosen[written[heading.column].key]
            for place, heading in enumerate(headings)
            if written[heading.column].key in chosen
        }
        self._anchored = self._has_numbers(samples) or not any(h.parts for h in headings)
        claims = [
            claim
            for place, heading in enumerate(headings)
            if place not in fixed
            for claim in self._claims(place, heading, samples[place], of_head=of_head)
        ]
        taken = _assign(claims, self._fields_once(fixed.values()))
        return tuple(
            self._conclude(
                replace(heading, parts=written[heading.column].parts,
                        occurrence=written[heading.column].occurrence),
                samples[place], taken.get(place), member, fixed.get(place),
            )
            for place, heading in enumerate(headings)
        )  # fmt: skip

    def _fields_once(self, given: Iterable[Given]) -> set[str]:
        """Collect the fields that are given; refuse one that is given twice."""
        fields = [one.field for one in given if one.field]
        twice = next((field for field in fields if fields.count(field) > 1), None)
        if twice:
            label = self._target.field(twice).label
            raise Refused("field_twice", f"“{label}”对应了两列，请只留一列。")
        return set(fields)

    def _has_numbers(self, samples: list[ColumnSamples]) -> bool:
        """Tell whether a column holds numbers that nothing else looks like."""
        sure = [test for test in self._tests.values() if test.proof >= 0.9]
        return any(found.agreement(test.shape) >= 0.7 for found in samples for test in sure)

    def _samples(self, column: int) -> ColumnSamples:
        return sample_column(self._surface.cell(row, column) for row in self._records)

    def _claims(
        self, place: int, heading: Heading, samples: ColumnSamples, *, of_head: bool
    ) -> list[_Claim]:
        """List the fields a column may be, with how much speaks for each."""
        guess = self._guess(heading, of_head=of_head)
        claims = []
        if guess:
            score, reason = self._weigh(guess, samples)
            claims.append(_Claim(score, guess.score, place, guess.field, reason))
        named = self._vocabulary.role(heading.leaf)
        counts_rows = is_running_number(samples)
        for field, test in self._tests.items():
            told_by_name = guess is not None and guess.field == field
            usable = test.proof and not told_by_name and (test.alone or self._anchored)
            if usable and not counts_rows:
                agreement = samples.agreement(test.shape)
                proof = test.proof * (0.6 if named == "other" else 1.0)
                if agreement >= 0.7 and samples.filled >= 2:
                    reason = f"内容像{test.label}（{samples.filled} 个里多数都是）"
                    claims.append(_Claim(proof * agreement, 0.0, place, field, reason))
        return claims

    def _guess(self, heading: Heading, *, of_head: bool) -> HeadingGuess | None:
        """Read the name of a column; the part above tells whose it is (监护人／姓名)."""
        if not heading.parts:
            return None
        words = self._vocabulary
        owner = words.owner(heading)
        if owner is not None:
            return self._guess_owned(heading.leaf, owner, of_head=of_head)
        if of_head and words.exact(heading.leaf) is None:
            bare = words.without_head(heading.leaf)
            if bare:
                return words.guess(bare)
        if len(heading.parts) > 1 and words.exact(heading.leaf) is None:
            for joined in ("".join(heading.parts[-2:]), "".join(heading.parts)):
                if words.exact(joined):
                    return words.guess(joined)
        return words.guess(heading.leaf)

    def _guess_owned(self, leaf: str, owner: str, *, of_head: bool) -> HeadingGuess | None:
        """Read a column under the name of another person: only what is said of him or the house."""
        words = self._vocabulary
        spoken = leaf if leaf.startswith(owner) else owner + leaf
        if words.exact(spoken):
            return words.guess(spoken)
        if not words.is_head_word(owner):
            return None
        bare = words.guess(words.without_head(leaf) or leaf)
        if bare and (of_head or bare.field in self._target.shared):
            return bare
        return None

    def _weigh(self, guess: HeadingGuess, samples: ColumnSamples) -> tuple[float, str]:
        """Let the content confirm or refute what the name says."""
        test = self._tests.get(guess.field)
        if test is None or not samples.filled:
            return guess.score * 0.95, guess.reason
        agreement = samples.agreement(test.shape)
        if agreement >= 0.6:
            return guess.score, f"{guess.reason}，内容也像{test.label}"
        enough = samples.filled >= (3 if agreement else 2) or test.proof >= 0.9
        if agreement <= test.doubt and enough:
            share = 0.55 if test.insist and guess.full else 0.4
            return guess.score * share, f"{guess.reason}，但内容不像{test.label}"
        return guess.score * 0.85, f"{guess.reason}，内容只有一部分像{test.label}"

    def _conclude(
        self,
        heading: Heading,
        samples: ColumnSamples,
        claim: _Claim | None,
        member: int,
        given: Given | None,
    ) -> ColumnMatch:
        match = ColumnMatch(
            heading, None, 0.0, "", samples.examples(), member=member, filled=samples.filled
        )
        if given is not None:
            return replace(
                match, field=given.field, confidence=1.0, reason=given.reason, chosen=True
            )
        if claim is not None:
            return replace(match, field=claim.field, confidence=claim.score, reason=claim.reason)
        role = self._vocabulary.role(heading.leaf) if heading.parts else None
        if role == "serial" or (role is None and member == 0 and is_running_number(samples)):
            return replace(match, role="serial", confidence=0.9, reason="是序号，不用导入")
        if role == "signature":
            return replace(match, role="signature", confidence=0.9, reason="是签名栏，不用导入")
        return replace(match, reason="没有认出对应的栏目")

    def _settle_head(self, columns: tuple[ColumnMatch, ...]) -> tuple[ColumnMatch, ...]:
        """Where only heads are listed (发放表), the head is the person of the line."""
        households = self._target.households
        fields = {match.field for match in columns}
        if households is None or households.name in fields or households.head not in fields:
            return columns
        return tuple(self._as_head(match, fields) for match in columns)

    def _settle_seconds(self, columns: tuple[ColumnMatch, ...]) -> tuple[ColumnMatch, ...]:
        """Bring a second column of telephones into the field of the other ones."""
        taken = {match.field for match in columns}
        settled = []
        for match in columns:
            second = self._second_of(match)
            if second is None or second in taken:
                settled.append(match)
                continue
            taken.add(second)
            reason = f"还有一列，记作{self._target.field(second).label}"
            settled.append(replace(match, field=second, confidence=0.8, reason=reason))
        return tuple(settled)

    def _second_of(self, match: ColumnMatch) -> str | None:
        if (
            match.field
            or match.chosen
            or match.role
            or not match.filled
            or not self._target.seconds
        ):
            return None
        guess = self._guess(match.heading, of_head=False)
        return self._target.seconds.get(guess.field) if guess else None

    def _as_head(self, match: ColumnMatch, fields: set[str | None]) -> ColumnMatch:
        households = self._target.households
        assert households is not None
        if match.field == households.head:
            return replace(match, field=households.name, reason=ONLY_HEADS)
        bare = self._vocabulary.without_head(match.heading.leaf) if match.heading.parts else None
        if match.field is None and bare:
            guess = self._vocabulary.guess(bare)
            if guess and guess.field not in fields:
                return replace(
                    match, field=guess.field, confidence=guess.score * 0.95, reason=guess.reason
                )
        return match


def _assign(claims: list[_Claim], taken: set[str]) -> dict[int, _Claim]:
    """Give each column at most one field and each field at most one column, the surest first."""
    given: dict[int, _Claim] = {}
    used = set(taken)
    for claim in sorted(claims, key=lambda claim: (-claim.score, -claim.by_name, claim.place)):
        if claim.score >= LEAST and claim.place not in given and claim.field not in used:
            given[claim.place] = claim
            used.add(claim.field)
    return given


def _tests_of(target: Target) -> dict[str, ContentTest]:
    tests = {}
    for declared in target.all_fields:
        test = target.tests.get(declared.name) or TESTS_BY_KIND.get(declared.kind.name)
        if test is None and isinstance(declared.kind, Choice):
            test = ContentTest(readable_by(declared.kind), declared.label, doubt=0.05)
        if test:
            tests[declared.name] = test
    return tests
