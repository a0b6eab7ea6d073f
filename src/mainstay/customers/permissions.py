"""Which right reads which field of customers and what hangs on them.

Policy: a field that no list names is shown to nobody, in no page, export or answer of the API.
"""

from django.utils.translation import gettext_lazy as _

from mainstay.people.field_matrix import govern
from mainstay.people.permissions import publish_fields

_STAMPS = "id created_at updated_at"
_READABLE = {
    "customers.customer": f"{_STAMPS} archived_at kind name parent owner team email phone website"
    " tax_number industry country city language founded_year description particulars relationship"
    " restricted version tags acquisition_channel acquisition_campaign",
    "customers.contact": f"{_STAMPS} archived_at name email phone language notes version customers",
    "customers.affiliation": "id contact customer position from_date to_date",
    "customers.address": f"{_STAMPS} customer kind street postcode city region country",
    "customers.recommendation": f"{_STAMPS} customer given_by noted_by",
    "customers.externalreference": "id customer source external_id",
    "customers.contactreference": "id contact source external_id",
    "talks.interactionreference": "id interaction source external_id",
    "customers.interaction": f"{_STAMPS} archived_at customer contact user channel purpose"
    " direction minutes outcome subject body occurred_at settled_at",
}
# What every page needs to tell one record from another, and who may see it.
_FIXED = f"{_STAMPS} archived_at version name"
_GOVERNED = {
    "customers.customer": (_("Customer"), f"{_FIXED} kind parent owner team restricted"),
    "customers.contact": (_("Contact"), f"{_FIXED} customers"),
    "customers.address": (_("Address"), f"{_FIXED} customer kind"),
}


def publish() -> None:
    for model_key, names in _READABLE.items():
        publish_fields(model_key, "customers.view", names.split())
    for model_key, (group, fixed) in _GOVERNED.items():
        govern(model_key, group, edit="customers.edit", fixed=fixed.split())
