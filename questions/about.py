"""What the hub says about itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub.page_cache import public_page


@public_page()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested so that everybody can use the hub, how, and what is known to remain."""
    return render(request, "accessibility.html")
