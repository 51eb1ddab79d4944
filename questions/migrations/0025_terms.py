from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0023_long_codes_and_import_files")]

    operations = [
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phrase", models.CharField(help_text="What readers type, such as “k8s”.", max_length=100)),
                (
                    "same_as",
                    models.CharField(
                        help_text="What questions say, such as “Kubernetes”.",
                        max_length=100,
                        verbose_name="is the same as",
                    ),
                ),
            ],
            options={
                "ordering": ["phrase", "same_as"],
                "constraints": [models.UniqueConstraint(fields=("phrase", "same_as"), name="synonym_once")],
            },
        ),
        migrations.CreateModel(
            name="TitleWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField("searchdocument", "title_words", models.TextField(default=""), preserve_default=False),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("term", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
            ],
        ),
    ]
