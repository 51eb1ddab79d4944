"""Editors add images and describe them; Reviewers also delete those that nothing shows."""

from typing import Any

from django.db import migrations

ACTIONS = {"Editors": ("add", "change", "view"), "Reviewers": ("add", "change", "view", "delete")}


def permit(apps: Any, schema_editor: Any) -> None:
    """Make the permissions too: Django makes them only after all migrations, and leaves alone those that it finds."""
    alias = schema_editor.connection.alias
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    image = content_types.get_or_create(app_label="questions", model="image")[0]
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=ACTIONS):
        for action in ACTIONS[group.name]:
            defaults = {"name": f"Can {action} image"}
            found = permissions.get_or_create(content_type=image, codename=f"{action}_image", defaults=defaults)
            group.permissions.add(found[0])


def forbid(apps: Any, schema_editor: Any) -> None:
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    for permission in permissions.filter(content_type__app_label="questions", content_type__model="image"):
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [("questions", "0021_images"), ("questions", "0021_images")]

    operations = [migrations.RunPython(permit, forbid)]
