"""The worklist is read along an index whatever it is narrowed to."""

from django.db import migrations, models

LATEST = ["-found_at", "-id"]


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial")]

    operations = [
        migrations.AddIndex(
            "finding", models.Index(fields=LATEST, name="quality_finding_latest")
        ),
        migrations.RemoveIndex("finding", "quality_finding_rule"),
        migrations.AddIndex(
            "finding", models.Index(fields=["rule", *LATEST, "state"], name="quality_finding_rule")
        ),
    ]
