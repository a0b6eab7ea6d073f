from django.db import migrations

from mainstay.shared.search import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]
    operations = [SearchIndex("Customer"), SearchIndex("Contact")]
