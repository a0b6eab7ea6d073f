from django.db import migrations

from mainstay.shared.search import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]
    operations = [SearchIndex("Product")]
