from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0018_former_slug")]

    operations = [
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
