"""The project as an app: it brings the commands and checks that belong to no domain, and the admin's site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from hub.databases import check_sqlite_wal


class HubConfig(AppConfig):
    name = "hub"

    def ready(self) -> None:
        register(check_sqlite_wal, Tags.database)


class HubAdminConfig(AdminConfig):
    default_site = "hub.accounts.admin_site.HubAdminSite"
