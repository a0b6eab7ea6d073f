"""The filters' indexes also hold who is archived: a hit is told without its row."""

from django.db import migrations, models

FILTERS = ("owner", "team", "country", "industry")


def _index(column: str, *more: str) -> models.Index:
    return models.Index(column, "sort_name", "id", *more, name=f"customer_by_{column}")


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_interactions_by_day")]

    operations = [
        *(migrations.RemoveIndex("customer", f"customer_by_{column}") for column in FILTERS),
        *(migrations.AddIndex("customer", _index(column, "archived_at")) for column in FILTERS),
    ]
