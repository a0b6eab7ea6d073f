"""What the API says and reads of a relationship."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from mainstay.shared.rest.limits import Input, Number, Text

from .choices import POINTS

Mark = Annotated[int, Field(ge=1, le=5)]


class RelationCriterionOut(Schema):
    key: str
    name: str
    question: str = Field(description="To the customer; empty: only our side rates it.")
    low: str
    middle: str
    high: str
    direction: int = Field(description="More of it is closer (1), more distant (-1), neither (0).")


class RelationCriteriaOut(Schema):
    items: list[RelationCriterionOut]


class RelationCriterionIn(Input):
    key: Text = Field("", description="Of the criterion that is worded anew; empty: a new one.")
    name: Text
    question: Text = ""
    low: Text
    middle: Text
    high: Text
    direction: int = Field(0, ge=-1, le=1)


class RelationSpreadOut(Schema):
    n: int
    mean: float
    lowest: float
    highest: float
    deviation: float | None = Field(description="Of the sample; null below two ratings.")
    word: str = Field(description="low, medium or high: each holds a third of the scale.")
    is_disputed: bool = Field(description="Two of them are two steps of five apart.")


class RelationViewOut(Schema):
    key: str
    name: str
    ours: RelationSpreadOut | None
    theirs: RelationSpreadOut | None
    gap: float | None = Field(description="Our mean minus theirs.")
    days: int | None = Field(description="Since the oldest rating that counts.")


class ClosenessOut(Schema):
    value: float | None = Field(description="From 0, distant, to 1, close.")
    criteria: int = Field(description="By how many criteria.")


class RelationDiagnosisOut(Schema):
    side: str = Field(description="transactional, mixed, relational; empty: too few are judged.")
    transactional: int
    relational: int
    judged: int
    needed: int = Field(description="Points that must lean to one side.")
    answers: dict[str, int]
    note: str
    by: str | None
    at: datetime


class RelationLevelOut(Schema):
    now: str = Field(description="basic, reactive, accountable, proactive or partnership.")
    wanted: str
    why: str
    by: str | None
    at: datetime


class RelationshipOut(Schema):
    as_of: datetime
    criteria: list[RelationViewOut]
    ours: ClosenessOut
    theirs: ClosenessOut
    diagnosis: RelationDiagnosisOut | None
    level: RelationLevelOut | None


class RelationComparedOut(Schema):
    key: str
    name: str
    one: RelationSpreadOut | None
    other: RelationSpreadOut | None


class RelationComparisonOut(Schema):
    criteria: list[RelationComparedOut] = Field(description="In our eyes.")
    one: ClosenessOut
    other: ClosenessOut


class RelationRatingOut(Schema):
    criterion: str
    side: str = Field(description="ours or theirs.")
    value: int | None = Field(description="From 1 to 5; null: taken back.")
    note: str
    evidence: str
    by: str | None = Field(description="Name of who rated.")
    at: datetime


class RelationRatingsOut(Schema):
    items: list[RelationRatingOut]


class RelationRatingIn(Input):
    criterion: Text = Field(description="Its key.")
    value: Mark | None = Field(description="null takes the own rating back.")
    note: Text = ""
    evidence: Text = ""


class RelationDiagnosisIn(Input):
    answers: dict[Text, Mark] = Field(description=f"Of {', '.join(POINTS)}.")
    note: Text = ""


class RelationLevelIn(Input):
    now: Text
    wanted: Text
    why: Text


class RelationInvitationOut(Schema):
    id: int
    contact_id: int
    contact: str
    language: str
    expires_at: datetime
    answered_at: datetime | None


class RelationInvitationsOut(Schema):
    items: list[RelationInvitationOut]


class RelationLinkOut(RelationInvitationOut):
    link: str = Field(description="For this person and one answer, without signing in.")


class RelationInvitationIn(Input):
    contact_id: Number
    language: Text = Field("en", description="en, pl, ru or zh-hans.")
