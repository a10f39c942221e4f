"""Two records for trying the storage without any subject of the village."""

from __future__ import annotations

from typing import Any, ClassVar

from village_app.db.fields import Record, column, schema_of
from village_app.domain.kinds import Kind


class Word(Kind):
    """Text as it is."""

    def parse(self, raw: object) -> Any:
        return str(raw) if raw else None


class Figure(Word):
    """A whole number."""

    storage = "integer"


class House(Record):
    title: ClassVar[str] = "户"

    class Meta:
        table_name = "trial_house"

    number = column("户号", Word(), required=True)


class Person(Record):
    title: ClassVar[str] = "人"

    class Meta:
        table_name = "trial_person"

    name = column("姓名", Word(), required=True)
    phone = column("电话", Word())
    age = column("年龄", Figure())
    house_id = column("户", Figure())


class Slip(Record):
    title: ClassVar[str] = "单"
    undone_as: ClassVar[dict[str, Any] | None] = {"state": "void"}

    class Meta:
        table_name = "trial_slip"

    text = column("编号", Word(), required=True)
    state = column("状态", Word(), default="used")


TRIAL_RECORDS: dict[str, type[Record]] = {
    "trial_house": House,
    "trial_person": Person,
    "trial_slip": Slip,
}
TRIAL_TABLES = (
    schema_of(House),
    schema_of(Person, references={"house_id": "trial_house"}),
    schema_of(Slip),
)
