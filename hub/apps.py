"""The project as an app: it brings the commands and checks that belong to no domain."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from hub.databases import check_sqlite_wal


class HubConfig(AppConfig):
    name = "hub"

    def ready(self) -> None:
        register(check_sqlite_wal, Tags.database)
