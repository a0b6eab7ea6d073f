from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MergingConfig(AppConfig):
    name = "mainstay.customers.merging"
    label = "merging"
    verbose_name = _("Merging")

    def ready(self) -> None:
        """State what of our own capability does not follow a merge as it is."""
        from mainstay.customers.merging import personal_data, relations

        relations.same("customers.Affiliation", "contact", "position", "from_date", "to_date")
        relations.same(
            "customers.Address", "kind", "street", "postcode", "city", "region", "country"
        )
        relations.stays("customers.ChangedCustomer", "duplicates.Pair")
        personal_data.publish_entries()
