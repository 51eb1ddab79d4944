import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import hub.image_storage


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0019_longer_titles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Image",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=32, unique=True)),
                (
                    "file",
                    models.FileField(
                        editable=False, max_length=60, storage=hub.image_storage.images, unique=True, upload_to=""
                    ),
                ),
                (
                    "alternative_text",
                    models.CharField(
                        blank=True, help_text="What the image shows, for whoever cannot see it.", max_length=500
                    ),
                ),
                ("width", models.PositiveSmallIntegerField(editable=False)),
                ("height", models.PositiveSmallIntegerField(editable=False)),
                ("uploaded_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-uploaded_at", "-pk"]},
        ),
        migrations.CreateModel(
            name="ImageUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("is_current", models.BooleanField(default=True)),
                (
                    "question",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="image_uses",
                        to="questions.question",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "question"), name="image_use_once_a_question")],
            },
        ),
    ]
