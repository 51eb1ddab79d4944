from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0023_long_codes_and_import_files")]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                ("term", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
            ],
        ),
    ]
