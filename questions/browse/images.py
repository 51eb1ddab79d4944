"""Images, each at an address that its content gave it, so that whoever has one need never ask again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hub import image_storage
from hub.headers import FILES_POLICY
from questions.text.images import NAME

FOR_EVER = "public, max-age=31536000, immutable"


class ImageConverter:
    """In an address, what an image could be called."""

    regex = NAME

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponse:
    """The image itself, which other sites, such as those that read feeds, may show too."""
    try:
        data = image_storage.read(name)
    except FileNotFoundError:
        raise Http404(f"There is no image {name}.") from None
    except OSError:
        return HttpResponse("The image cannot be reached now.\n", "text/plain", 503, headers={"Retry-After": "60"})
    headers = {
        "Cache-Control": FOR_EVER,
        "Content-Security-Policy": FILES_POLICY,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return HttpResponse(data, content_type="image/webp", headers=headers)
