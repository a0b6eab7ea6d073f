"""Whether a customer complained since a day is read from an index of complaints alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0020_channels_without_the_table")]

    operations = [
        migrations.AddIndex(
            "interaction",
            models.Index(
                fields=["customer", "-occurred_at"],
                condition=models.Q(purpose="complaint", archived_at=None),
                name="interaction_complaint_of",
            ),
        ),
    ]
