from django.db import migrations, models

from mainstay.records import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def by_number(field):
    return models.Index(
        fields=[field],
        condition=models.Q(**{f"{field}__isnull": False}),
        name=f"audit_of_{field.removesuffix('_id')}",
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0002_append_only")]
    operations = [
        migrations.AddField("auditevent", "customer_id", models.BigIntegerField(null=True)),
        migrations.AddField("auditevent", "contact_id", models.BigIntegerField(null=True)),
        migrations.AddIndex("auditevent", by_number("customer_id")),
        migrations.AddIndex("auditevent", by_number("contact_id")),
        # The new columns stay as they were written, too.
        migrations.RunPython(install, install),
    ]
