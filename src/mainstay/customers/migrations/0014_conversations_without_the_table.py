"""Conversations are counted out of their indexes; complaints and kinds of customers have one."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0013_open_complaints'),
        ('people', '0007_role_reach_and_shares'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='interaction',
            name='interaction_timeline',
        ),
        migrations.RemoveIndex(
            model_name='interaction',
            name='interaction_newest',
        ),
        migrations.RemoveIndex(
            model_name='interaction',
            name='interaction_of_contact',
        ),
        migrations.RemoveIndex(
            model_name='interaction',
            name='interaction_of_user',
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(models.F('kind'), models.F('sort_name'), models.F('id'), models.F('archived_at'), name='customer_by_kind'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(fields=['customer', '-occurred_at', '-id', 'archived_at'], name='interaction_timeline'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(fields=['-occurred_at', '-id', 'archived_at'], name='interaction_newest'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(fields=['contact', '-occurred_at', '-id', 'archived_at'], name='interaction_of_contact'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(fields=['user', '-occurred_at', '-id', 'archived_at'], name='interaction_of_user'),
        ),
        migrations.AddIndex(
            model_name='interaction',
            index=models.Index(fields=['purpose', '-occurred_at', '-id', 'customer', 'archived_at'], name='interaction_by_purpose'),
        ),
    ]
