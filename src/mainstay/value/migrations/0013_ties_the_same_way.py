"""Customers that are worth the same are sorted in the indexes as lists sort them."""

from django.db import migrations, models

INDEXES = {
    "value_by_clv": (["run"], "clv_minor"),
    "value_by_class": (["run", "abc_class"], "clv_minor"),
    "value_by_segment": (["run", "segment"], "clv_minor"),
    "value_by_revenue": (["run"], "revenue_minor"),
}


def _index(name, first, of):
    order = [models.F(of).desc(), models.F("customer").desc()]
    return migrations.AddIndex("customervalue", models.Index(*first, *order, name=name))


class Migration(migrations.Migration):
    dependencies = [("value", "0012_own_cohorts")]

    operations = [
        *(migrations.RemoveIndex("customervalue", name) for name in INDEXES),
        *(_index(name, *fields) for name, fields in INDEXES.items()),
    ]
