"""A year's losses are added up out of their index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("value", "0013_ties_the_same_way")]

    operations = [
        migrations.RemoveIndex("lostcustomer", "loss_by_day"),
        migrations.AddIndex(
            "lostcustomer",
            models.Index("run", "lost_on", "customer", "yearly_minor", name="loss_by_day"),
        ),
        # Of an index it knows nothing of, SQLite takes the wrong one of two.
        migrations.RunSQL("ANALYZE value_lostcustomer", migrations.RunSQL.noop),
    ]
