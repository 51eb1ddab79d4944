from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0022_groups_add_images")]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                ("term", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
            ],
        ),
    ]
