from django.db import migrations

from mainstay.shared.texts import TextIndex


class Migration(migrations.Migration):
    dependencies = [("customers", "0011_words")]
    operations = [TextIndex("Interaction")]
