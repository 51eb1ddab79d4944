from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0015_forget_search_documents")]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="words",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
    ]
