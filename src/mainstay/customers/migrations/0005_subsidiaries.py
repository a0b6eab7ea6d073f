"""Subsidiaries by an index without the many that have no parent.

To SQLite's planner an index of nothing but NULL looks useless: it read all customers instead.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_filters_without_the_table")]

    operations = [
        migrations.AddIndex(
            "customer",
            models.Index(
                fields=["parent", "sort_name", "id"],
                condition=models.Q(parent__isnull=False),
                name="customer_by_parent",
            ),
        ),
    ]
