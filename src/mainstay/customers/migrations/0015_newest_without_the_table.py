"""The newest customers are counted out of their index, those that are archived left out."""

from django.db import migrations, models

NEWEST = (models.F("created_at").desc(), models.F("id").desc(), "archived_at")


class Migration(migrations.Migration):
    dependencies = [("customers", "0014_conversations_without_the_table")]

    operations = [
        migrations.RemoveIndex("customer", "customer_newest"),
        migrations.AddIndex("customer", models.Index(*NEWEST, name="customer_newest")),
    ]
