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
        from mainstay.shared.navigation import Entry, register, register_tabs

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
        right = "customers.edit"
        main = Entry(
            key="duplicates",
            label=_("Duplicates"),
            icon="copy",
            url_name="merging:review",
            order=175,
            permission=right,
        )
        register(main)
        tabs = (
            ("review", _("Review"), "columns-2", "merging:review", right),
            ("merges", _("Merged"), "merge", "merging:index", right),
            ("by-rule", _("By rule"), "zap", "merging:by_rule", "merging.rules"),
            ("values", _("Whose value wins"), "list-ordered", "merging:values", "merging.rules"),
        )
        register_tabs("duplicates", tabs, order=1)
