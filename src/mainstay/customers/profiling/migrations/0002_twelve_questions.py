from django.db import migrations

from mainstay.customers.profiling.bank import rows


def ship(apps, schema_editor):
    """Put the shipped questions into the bank; their words stay with the program."""
    question = apps.get_model("profiling", "Question")
    known = question.objects.using(schema_editor.connection.alias)
    for row in rows():
        known.get_or_create(key=row["key"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("profiling", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
