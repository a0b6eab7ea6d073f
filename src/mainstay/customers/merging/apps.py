from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MergingConfig(AppConfig):
    name = "mainstay.customers.merging"
    label = "merging"
    verbose_name = _("Merging")

    def ready(self) -> None:
        """State what of our own capability does not follow a merge as it is."""
        from mainstay.customers.duplicates.actions import when_complete
        from mainstay.customers.merging import actions, personal_data, relations
        from mainstay.customers.merging.tasks import settle
        from mainstay.shared.jobs import schedule
        from mainstay.shared.navigation import Entry, register

        place = ("customer", "contact", "position", "from_date", "to_date")
        relations.same("customers.Affiliation", *place)
        relations.same(
            "customers.Address", "kind", "street", "postcode", "city", "region", "country"
        )
        relations.stays("customers.ChangedCustomer", "duplicates.Pair")
        # Two histories in one would tell of leaps that nobody made.
        relations.stays("lifecycle.StageChange", "lifecycle.Standing")
        personal_data.publish_entries()
        when_complete(actions.after_scan)
        schedule.every(minutes=24 * 60, name="merging.settle", task=settle)
        ruling = ("merging.rules", "duplicates")
        for key, label, icon, url_name, order, right, within in (
            ("duplicates", _("Duplicates"), "copy", "review", 175, "customers.edit", ""),
            ("review", _("Review"), "columns-2", "review", 1, "customers.edit", "duplicates"),
            ("merges", _("Merged"), "merge", "index", 2, "customers.edit", "duplicates"),
            ("by-rule", _("By rule"), "zap", "by_rule", 3, "merging.rules", "duplicates"),
            ("values", _("Whose value wins"), "list-ordered", "values", 4, *ruling),
        ):
            register(
                Entry(
                    key=key,
                    label=label,
                    icon=icon,
                    url_name=f"merging:{url_name}",
                    order=order,
                    permission=right,
                    within=within,
                )
            )
