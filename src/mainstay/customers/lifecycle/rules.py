"""The stages and their order, on plain values."""

from enum import StrEnum


class Stage(StrEnum):
    SUSPECT = "suspect"
    PROSPECT = "prospect"
    DISQUALIFIED = "disqualified"
    FIRST_TIME = "first_time"
    REPEAT = "repeat"
    CLIENT = "client"
    MEMBER = "member"
    ADVOCATE = "advocate"
    PARTNER = "partner"
    INACTIVE = "inactive"
    FORMER = "former"


# The way up; the other stages lead off it.
WAY = (
    Stage.SUSPECT,
    Stage.PROSPECT,
    Stage.FIRST_TIME,
    Stage.REPEAT,
    Stage.CLIENT,
    Stage.MEMBER,
    Stage.ADVOCATE,
    Stage.PARTNER,
)
ASIDE = (Stage.DISQUALIFIED, Stage.INACTIVE, Stage.FORMER)


class Reason(StrEnum):
    """Why a customer stands in a stage; pages turn it into a sentence with its figures."""

    KNOWN = "known"
    TALKED = "talked"
    ORDERED = "ordered"
    ORDERED_AGAIN = "ordered_again"
    MANY_ORDERS = "many_orders"
    LONG_CUSTOMER = "long_customer"
    MEMBERSHIP = "membership"
    RECOMMENDED = "recommended"
    PARTNERSHIP = "partnership"
    QUIET_FOR_INTERVALS = "quiet_for_intervals"
    QUIET_FOR_DAYS = "quiet_for_days"
    QUIET_FOR_LONG = "quiet_for_long"
    CONTRACT = "contract"
    CONTRACT_ENDED = "contract_ended"
    SET_BY_HAND = "set_by_hand"
