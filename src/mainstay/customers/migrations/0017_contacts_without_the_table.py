"""Contacts are passed over along their index without reading the table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0016_filled_fields")]

    operations = [
        migrations.RemoveIndex("contact", "contact_by_name"),
        migrations.AddIndex(
            "contact", models.Index("sort_name", "id", "archived_at", name="contact_by_name")
        ),
    ]
