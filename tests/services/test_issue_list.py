"""The long list: one order with its ids, a count that follows every write, hidden ones out."""

from __future__ import annotations

from tests.services.lamp_matter import lamp_matter
from village_app.services.session import User
from village_app.village import Village


def test_the_first_window_is_the_beginning_of_all_ids(village: Village) -> None:
    for day in (3, 1, 2):
        lamp_matter(village, at=f"2026-01-0{day} 09:00")
    near = village.issue_list.listed(only="open")
    first = [row.id for row in near.window(0, 2)]
    rest = [row.id for row in near.window(2, 2)]
    assert [*first, *rest] == village.issue_list.listed(only="open").ids()
    assert near.count() == 3


def test_the_count_follows_entries_undo_and_other_connections(village: Village) -> None:
    assert village.issue_list.listed(only="open").count() == 0
    lamp_matter(village)
    assert village.issue_list.listed(only="open").count() == 1
    village.undo()
    assert village.issue_list.listed(only="open").count() == 0


def test_hidden_matters_are_neither_counted_nor_shown_to_others(village: Village) -> None:
    lamp_matter(village)
    hidden = lamp_matter(village, is_confidential=True)
    assert village.issue_list.listed(only="open").count() == 2
    village.session.user = User("罗顺娣", "罗顺娣", "clerk")
    listed = village.issue_list.listed(only="open")
    assert (listed.count(), len(listed.window(0, 9))) == (1, 1)
    assert village.issue_list.counts()["open"] == 1
    village.session.user = User("叶志坚", hidden.registered_by or "", "clerk")
    assert village.issue_list.listed(only="open").count() == 2


def test_many_more_than_a_window_keep_one_order(village: Village) -> None:
    with village.change("多件", kind="bulk"):
        for at in range(60):
            lamp_matter(village, at=f"2026-01-10 09:{at:02}")
    listed = village.issue_list.listed(only="open")
    seen = [row.id for first in range(0, 60, 20) for row in listed.window(first, 20)]
    assert seen == listed.ids()
