from django.db import migrations

from mainstay.shared.wordlist import WordList


class Migration(migrations.Migration):
    dependencies = [("customers", "0010_interactions_told_more")]
    operations = [WordList("Customer"), WordList("Contact")]
