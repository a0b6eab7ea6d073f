"""Conversations by channel are counted out of their indexes; who is archived has one."""

from django.db import migrations, models

NEWEST_FIRST = ["-occurred_at", "-id", "channel", "archived_at"]
OF = {"interaction_newest": [], "interaction_of_user": ["user"]}


class Migration(migrations.Migration):
    dependencies = [("customers", "0019_contact_references")]

    operations = [
        *(migrations.RemoveIndex("interaction", name) for name in OF),
        *(
            migrations.AddIndex("interaction", models.Index(fields=[*of, *NEWEST_FIRST], name=name))
            for name, of in OF.items()
        ),
        migrations.AddIndex(
            "customer",
            models.Index(
                fields=["id"],
                condition=models.Q(archived_at__isnull=False),
                name="customer_archived",
            ),
        ),
    ]
