from django.db import migrations, models

CHOICES = [("draft", "Draft"), ("in_review", "In review"), ("published", "Published"), ("archived", "Archived")]


class Migration(migrations.Migration):
    dependencies = [("questions", "0014_last_positions")]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="status",
            field=models.CharField(choices=CHOICES, default="draft", max_length=20),
        ),
        migrations.AlterField(
            model_name="revision",
            name="status",
            field=models.CharField(choices=CHOICES, default="draft", max_length=20),
        ),
        migrations.AlterField(model_name="workflowstep", name="name", field=models.CharField(max_length=20)),
    ]
