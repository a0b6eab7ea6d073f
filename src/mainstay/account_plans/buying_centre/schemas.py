"""What the API says and reads of a buying centre."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from mainstay.analysis.accounts.buying_centre import FACTORS
from mainstay.shared.rest.limits import Input, Number, Text

Mark = Annotated[int, Field(ge=1, le=5)]
Support = Annotated[int, Field(ge=-2, le=2)]


class BuyingRoleOut(Schema):
    key: str
    name: str
    meaning: str
    classic: str = Field(description="The classic role it stands for; by it gaps are found.")


class BuyingRolesOut(Schema):
    items: list[BuyingRoleOut]


class BuyingPersonOut(Schema):
    id: int
    contact_id: int | None = Field(description="null: the contact was deleted, the part is kept.")
    name: str
    position: str
    roles: list[str]
    goals: str
    influence: int | None = Field(description="From 1, hardly any, to 5, decisive.")
    support: int | None = Field(description="From -2, against us, to 2.")
    reports_to_id: int | None
    version: int


class BuyingPersonSeenOut(BuyingPersonOut):
    influences: list[int] = Field(description="Whom this person influences.")
    is_here: bool = Field(description="Still works there, and the contact is not deleted.")
    elsewhere: list[str] = Field(description="Other customers where the person works too.")
    conversations: int = Field(description="In twelve months, of those that you may see.")
    last_spoken_at: datetime | None


class BuyingGapOut(Schema):
    kind: str
    title: str
    advice: str
    people: list[int]
    role: str = Field(description="The classic role it is about; empty: about none.")


class BuyingComplexityOut(Schema):
    value: float | None = Field(description="From 1 to 5; null: fewer than five are judged.")
    word: str = Field(description="low, medium or high; empty: not judged enough.")
    judged: int
    factors: dict[str, int]
    note: str
    by: str | None
    at: datetime


class BuyingCentreOut(Schema):
    as_of: datetime
    people: list[BuyingPersonSeenOut]
    gaps: list[BuyingGapOut] = Field(description="Found in the data, the most urgent first.")
    complexity: BuyingComplexityOut | None


class BuyingPersonPatch(Input):
    roles: list[Text] = []
    goals: Text = ""
    influence: Mark | None = None
    support: Support | None = None
    reports_to_id: Number | None = Field(None, description="Somebody of this buying centre.")
    version: Number | None = Field(None, description="Refused with 409 if it is no longer this.")


class BuyingPersonIn(Input):
    contact_id: Number
    roles: list[Text] = []
    goals: Text = ""
    influence: Mark | None = None
    support: Support | None = None
    reports_to_id: Number | None = Field(None, description="Somebody of this buying centre.")


class BuyingInfluenceIn(Input):
    source_id: Number
    target_id: Number
    drawn: bool = Field(True, description="False takes the line away.")


class BuyingInfluencesOut(Schema):
    source_id: int
    influences: list[int]


class BuyingComplexityIn(Input):
    factors: dict[Text, Mark] = Field(description=f"Of {', '.join(FACTORS)}.")
    note: Text = Field("", description="What is bought.")
