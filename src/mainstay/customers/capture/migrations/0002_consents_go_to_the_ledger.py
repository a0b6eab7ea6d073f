import django.db.models.deletion
from django.db import migrations, models

CHANNELS = [
    ("any", "Any channel"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("text", "Text message"),
    ("letter", "Letter"),
]


class Migration(migrations.Migration):
    dependencies = [("capture", "0001_initial"), ("privacy", "0001_initial")]

    operations = [
        operation
        for model, more, name in (
            ("captureform", {"blank": True, "verbose_name": "consent"}, {"verbose_name": "by"}),
            ("capture", {}, {}),
        )
        for operation in (
            migrations.RemoveField(model_name=model, name="purpose"),
            migrations.AddField(
                model_name=model,
                name="purpose",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="privacy.purpose",
                    **more,
                ),
            ),
            migrations.AddField(
                model_name=model,
                name="consent_channel",
                field=models.CharField(choices=CHANNELS, default="email", max_length=8, **name),
            ),
        )
    ]
