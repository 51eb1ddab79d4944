"""The groups *Editors*, who write and submit, and *Reviewers*, who also publish, archive and send back."""

from typing import Any

from django.db import migrations

STEPS = {
    "submit_question": "Can submit questions for review",
    "review_question": "Can publish, archive and send back questions",
}
EDITORS = [
    *("add_question", "change_question", "view_question", "submit_question"),
    *("add_followup", "change_followup", "delete_followup", "view_followup"),
    *(f"{action}_{taxon}" for taxon in ("technology", "level", "category") for action in ("add", "view")),
    *("view_missedsearch", "delete_missedsearch", "view_vote", "delete_vote"),
]
REVIEWERS = [
    *EDITORS,
    *("review_question", "delete_question"),
    *("change_technology", "change_level", "change_category"),
]
GROUPS = {"Editors": EDITORS, "Reviewers": REVIEWERS}


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Make the permissions too: Django makes them only after all migrations, and leaves alone those that it finds."""
    alias = schema_editor.connection.alias
    content_type = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permission = apps.get_model("auth", "Permission").objects.using(alias)
    group = apps.get_model("auth", "Group").objects.using(alias)

    def permission_named(codename: str) -> Any:
        action, _, model = codename.rpartition("_")
        verbose_name = apps.get_model("questions", model)._meta.verbose_name
        return permission.get_or_create(
            content_type=content_type.get_or_create(app_label="questions", model=model)[0],
            codename=codename,
            defaults={"name": STEPS.get(codename, f"Can {action} {verbose_name}")},
        )[0]

    for name, codenames in GROUPS.items():
        group.get_or_create(name=name)[0].permissions.add(*map(permission_named, codenames))


def remove_groups(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS).delete()
    steps = apps.get_model("auth", "Permission").objects.using(alias)
    steps.filter(content_type__app_label="questions", codename__in=STEPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0010_workflow"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
