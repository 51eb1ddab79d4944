"""The project as an app: it brings the commands and checks that belong to no domain, and the admin's site."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from hub.databases import check_sqlite_wal
from hub.proxies import check_trusted_proxies


class HubConfig(AppConfig):
    name = "hub"

    def ready(self) -> None:
        from hub import keys  # noqa: F401  # Registers a lookup.

        if dsn := settings.ENVIRONMENT.error_reports_dsn:
            from hub import error_reports  # Its package is there where it was asked for.

            error_reports.start(dsn)
        register(check_sqlite_wal, Tags.database)
        register(check_trusted_proxies, Tags.security)


class HubAdminConfig(AdminConfig):
    default_site = "hub.accounts.admin_site.HubAdminSite"
