from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomFieldsConfig(AppConfig):
    name = "mainstay.customers.custom_fields"
    label = "custom_fields"

    def ready(self) -> None:
        from mainstay.customers.custom_fields import personal_data, queries, ruled, segments
        from mainstay.people import field_matrix
        from mainstay.shared import access, navigation

        personal_data.publish_entries()
        segments.publish()
        access.hidden_by(queries.kept_from_history)
        field_matrix.offer("custom_fields", ruled.lines)

        navigation.register(
            navigation.Entry(
                key="custom_fields",
                label=_("Custom fields"),
                icon="text-cursor-input",
                url_name="custom_fields:index",
                order=930,
                permission="people.admin",
            )
        )
