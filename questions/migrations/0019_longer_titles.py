from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0018_former_slug")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name="title",
            field=models.CharField(
                help_text="The question as an interviewer asks it; `code` and $formulas$ are shown as such.",
                max_length=200,
            ),
        )
        for model in ("question", "revision")
    ]
