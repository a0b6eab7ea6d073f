"""Which right reads which result: margins and lifetime values are for those who see money.

Policy: a field that no list names is shown to nobody, in no page, export or answer of the API.
"""

from mainstay.people.permissions import publish_fields

_READABLE = (
    "id run customer first_day last_day occasions revenue_minor recency_days tenure_days"
    " trend r f m rfm segment abc_class revenue_rank revenue_share_cum p_alive expected_12m"
    " expected_12m_low expected_12m_high expected_average_minor"
)
_GAPS = (
    "id run customer category estimate wallet_minor sales_minor current_minor future_minor"
    " share_of_wallet"
)
_MONEY = "margin_minor clv_minor clv_low_minor clv_high_minor"
_PROFIT = (
    "id run customer orders returns categories products revenue_minor before_minor tenth"
    " sales_rank sales_through before_rank ever_rank"
)
_PROFIT_MONEY = "margin_minor cost_to_serve_minor net_profit_minor costs treatment change"
_CELL = "id run customer category revenue_minor margin_minor cost_to_serve_minor net_profit_minor"
_NET = (
    "id run customer purchases_minor recommended_minor service_minor net_minor low_minor high_minor"
    " acquisition_minor"
)
_DECISION = "id created_at updated_at customer state assignee note version"


def publish() -> None:
    publish_fields("value.customervalue", "value.view", _READABLE.split())
    publish_fields("value.customervalue", "money.view", _MONEY.split())
    publish_fields("value.customerprofit", "value.view", _PROFIT.split())
    publish_fields("value.customerprofit", "money.view", _PROFIT_MONEY.split())
    publish_fields("value.profitcell", "money.view", [*_CELL.split(), "sign"])
    publish_fields("value.netvalue", "money.view", _NET.split())
    publish_fields("value.treatmentdecision", "money.view", _DECISION.split())
    publish_fields("value.customergap", "value.view", _GAPS.split())
