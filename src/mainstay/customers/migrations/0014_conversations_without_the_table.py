"""Conversations are counted out of their indexes; complaints and kinds of customers have one."""

from django.db import migrations, models

NEWEST_FIRST = ["-occurred_at", "-id"]
OF = {
    "interaction_timeline": ["customer"],
    "interaction_newest": [],
    "interaction_of_contact": ["contact"],
    "interaction_of_user": ["user"],
}


def _index(name, *fields):
    return migrations.AddIndex("interaction", models.Index(fields=fields, name=name))


class Migration(migrations.Migration):
    dependencies = [("customers", "0013_open_complaints")]

    operations = [
        *(migrations.RemoveIndex("interaction", name) for name in OF),
        *(_index(name, *of, *NEWEST_FIRST, "archived_at") for name, of in OF.items()),
        _index("interaction_by_purpose", "purpose", *NEWEST_FIRST, "customer", "archived_at"),
        migrations.AddIndex(
            "customer",
            models.Index("kind", "sort_name", "id", "archived_at", name="customer_by_kind"),
        ),
    ]
