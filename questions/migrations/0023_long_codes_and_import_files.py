"""Codes go past 999, drafts may be without an answer, and files wait in the database until they are imported."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

VALIDATOR = django.core.validators.RegexValidator(
    "\\A[A-Z]{2,4}-[A-Z]{3}-[0-9]{3,5}\\Z", "A code looks like PY-ADV-004."
)
CODE = "Permanent, such as PY-ADV-004: the technology's prefix, usually the level's part, a number."
ANSWER = "What to say in the first 30 seconds, complete on its own. Markdown."


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questions", "0022_groups_add_images"),
    ]

    operations = [
        migrations.AlterField("question", "answer", models.TextField(blank=True, help_text=ANSWER)),
        migrations.AlterField("revision", "answer", models.TextField(blank=True, help_text=ANSWER)),
        migrations.AlterField(
            "question", "code", models.CharField(max_length=14, unique=True, validators=[VALIDATOR], help_text=CODE)
        ),
        migrations.AlterField(
            "revision", "code", models.CharField(max_length=14, validators=[VALIDATOR], help_text=CODE)
        ),
        migrations.CreateModel(
            "ImportFile",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                ("plan", models.TextField(blank=True)),
                ("report", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
    ]
