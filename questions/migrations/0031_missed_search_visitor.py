from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0018_former_slug")]  # not 0030, since there are hubs with this one alone

    operations = [
        migrations.AddField(
            model_name="missedsearch",
            name="visitor",
            # Of the searches that are there nobody knows: the next visitor is the second one.
            field=models.CharField(blank=True, default="?", max_length=4),
            preserve_default=False,
        ),
    ]
