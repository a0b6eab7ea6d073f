"""Which right reads which field of orders and products: costs are for those who see money.

Policy: a field that no list names is shown to nobody, in no page, export or answer of the API.
"""

from mainstay.people.permissions import publish_fields

_READABLE = {
    "orders.product": "id created_at updated_at source external_id name category version",
    "orders.order": "id source external_id customer ordered_at currency reverses is_return"
    " amount_minor",
    "orders.contract": "id created_at updated_at customer reference starts ends renewed"
    " yearly_minor version",
    "orders.orderline": "id order external_id product kind quantity amount_minor",
}
_MONEY = {
    "orders.product": "unit_cost_minor",
    "orders.orderline": "cost_minor",
    "orders.activity": "id created_at updated_at name yearly_cost_minor driver capacity_hours"
    " unit_minutes archived_at version",
    "orders.driverquantity": "id activity customer day quantity",
}


def publish() -> None:
    for model_key, names in _READABLE.items():
        publish_fields(model_key, "orders.view", names.split())
    for model_key, names in _MONEY.items():
        publish_fields(model_key, "money.view", names.split())
