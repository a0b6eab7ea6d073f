"""The indexes that lists walk, and those of tags, tell what is asked without the table's rows."""

from django.db import migrations, models

TAGGINGS = "CREATE INDEX customer_tags_by_tag ON customers_customer_tags (tag_id, customer_id)"


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_origin_of_customers")]

    operations = [
        migrations.RemoveIndex("customer", "customer_by_name"),
        migrations.AddIndex(
            "customer", models.Index("sort_name", "id", "archived_at", name="customer_by_name")
        ),
        migrations.RunSQL(TAGGINGS, "DROP INDEX customer_tags_by_tag"),
    ]
