"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The address that absolute links begin with; never the request's Host."""
    return {"site_url": settings.SITE_URL}
