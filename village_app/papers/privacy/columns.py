"""What a table column holds of a person: by the kind it declares, else by what its head says."""

from __future__ import annotations

from village_app.domain.masking import STAR, compound_surnames
from village_app.domain.masking_policies import PersonalData
from village_app.domain.texts import MIDDLE_DOT
from village_app.papers.blocks import Column
from village_app.papers.privacy.rules import gate_rules

_ENDS_OF_FIRMS = frozenset("店厂部社会组户处站所心村队场行馆院校司镇委办库铺")
_DATA_OF_KIND: dict[str, PersonalData] = {
    "person_name": "name",
    "identity_number": "identity",
    "document_number": "identity",
    "phone": "phone",
    "bank_account": "bank",
    "address": "address",
}


def data_of(column: Column) -> PersonalData | None:
    """Tell which personal data a column holds; None for none, or for a name of an office-holder.

    A column of plain text is judged by its head, so that a pasted table is not taken on trust.
    """
    label = column.label.replace("\n", "").strip()
    rules = gate_rules().columns
    data = _DATA_OF_KIND.get(column.kind.name)
    if data == "name" or (data is None and label in rules["name"]):
        return None if _says(label, rules["office"]) else "name"
    if data is not None:
        return data
    if column.kind.name in ("day", "month", "text", "long_text") and _says(label, rules["birth"]):
        return "birth"
    if column.kind.name in ("text", "long_text"):
        for named in ("identity", "bank", "address"):
            if _says(label, rules[named]):
                return named
    return None


def is_person(column: Column, text: str) -> bool:
    """Tell whether a cell of a column of names names a person.

    In a column of plain text a payee may be a firm: a person there has two to four characters
    (or a dot in the name) and a known surname.
    """
    if not text:
        return False
    if column.kind.name == "person_name" or STAR in text or MIDDLE_DOT in text:
        return True
    starts = text[0] in gate_rules().surnames or text[:2] in compound_surnames()
    return starts and 2 <= len(text) <= 4 and text[-1] not in _ENDS_OF_FIRMS


def is_never_public(column: Column) -> bool:
    """Tell whether no public paper may carry a column: by its head, or declared sensitive.

    A head counts only over words: 疾病救助金 as an amount may be told. A sensitive column of
    numbers for which policies have a rule (cards, identity) is theirs.
    """
    if column.kind.storage == "text" and _says(column.label, gate_rules().columns["never"]):
        return True
    return column.sensitivity == "sensitive" and data_of(column) is None


def is_judged_by_column(column: Column) -> bool:
    """Tell whether every cell of a column is a number of a person, whatever form it has.

    A telephone column that is declared public holds an office's; its cells are looked at like
    any text, so that only private numbers are found.
    """
    data = data_of(column)
    return data in ("identity", "bank") or (data == "phone" and column.sensitivity != "public")


def is_age(column: Column) -> bool:
    """Tell whether a column holds ages."""
    return _says(column.label, gate_rules().columns["age"])


def group_column(columns: tuple[Column, ...]) -> int | None:
    """Find the column of the village group, None without one."""
    wanted = gate_rules().columns["group"]
    for index, column in enumerate(columns):
        if column.label.strip() in wanted:
            return index
    return None


def column_of(columns: tuple[Column, ...], data: PersonalData) -> int | None:
    """Find the first column of some personal data, None without one."""
    for index, column in enumerate(columns):
        if data_of(column) == data:
            return index
    return None


def _says(label: str, words: tuple[str, ...]) -> bool:
    return any(word in label for word in words)
