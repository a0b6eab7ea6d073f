from django.db import migrations

from mainstay.records import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, triggers.FIXED[:7])


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
