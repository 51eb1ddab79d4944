"""Images on the editors' desk: brought in from the editor or by a form of their own, listed, and removed."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from hub import image_storage
from questions.encoding import FORMATS, Encoded, ImageError, encode
from questions.image_files import Missing, missing
from questions.limits import IMAGE, MEGABYTE
from questions.models import Image, ImageUse
from questions.querysets import ImageQuerySet
from questions.text.images import markdown_of

TYPES = ",".join(f"image/{name.lower()}" for name in FORMATS)


class UploadForm(forms.ModelForm):
    """A file and what it shows. Saving gives the image of that content, which may be there already."""

    file = forms.FileField(
        help_text=f"PNG, JPEG, WebP, GIF or AVIF, at most {IMAGE // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": TYPES}),
    )
    field_order = ("file", "alternative_text")
    encoded: Encoded

    class Meta:
        model = Image
        fields = ("alternative_text",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alternative_text"].required = True

    def clean_file(self) -> Any:
        """Encode the image, and refuse what is none."""
        file = self.cleaned_data["file"]
        if file.size > IMAGE:
            raise forms.ValidationError(f"The file has {file.size / MEGABYTE:,.1f} MB; {IMAGE // MEGABYTE} MB fit.")
        try:
            self.encoded = encode(file.read())
        except ImageError as error:
            raise forms.ValidationError(str(error)) from None
        return file

    def clean(self) -> dict[str, Any]:
        """Store the file, which may fail, while there is still a form to say so."""
        if not self.errors:
            try:
                image_storage.save(self.encoded.name, self.encoded.data)
            except OSError as error:
                reason = error.strerror or "the storage does not answer"
                raise forms.ValidationError(f"The image cannot be kept now: {reason}. Try again later.") from None
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Nothing: the image is not made of these fields."""

    def keep(self, user: Any) -> Image:
        """The image of a form that is valid."""
        return Image.objects.record(self.encoded.name, self.cleaned_data["alternative_text"], user)


@require_POST
def upload(request: HttpRequest, model_admin: admin.ModelAdmin) -> JsonResponse:
    """Take an image from the editor: `{"markdown", "note"}` to put into the text, or `{"refused"}` with a sentence."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"refused": " ".join(str(error) for errors in form.errors.values() for error in errors)})
    name = form.keep(request.user).name
    markdown = markdown_of(form.cleaned_data["alternative_text"], name)
    return JsonResponse({"markdown": markdown, "note": form.encoded.note})


class UseFilter(admin.SimpleListFilter):
    """Images by who shows them."""

    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("shown", "Shown by a question"),
            ("history", "Only in the history"),
            ("unused", "Unused"),
            ("missing", "File missing"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        images: ImageQuerySet = queryset
        match self.value():
            case "shown":
                return images.shown()
            case "history":
                return images.in_history_only()
            case "unused":
                return images.unused()
            case "missing":
                return images.filter(file__in=[it.name for it in self._missing(request)])
        return images

    def _missing(self, request: HttpRequest) -> list[Missing]:
        try:
            return missing()
        except OSError as error:
            messages.error(request, f"The files cannot be looked for now: {error}")
            return []


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    list_display = ("alternative_text", "thumbnail", "pixels", "questions", "uploaded_by", "uploaded_at")
    list_filter = (UseFilter, "uploaded_at")
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    search_fields = ("alternative_text", "digest")
    readonly_fields = ("picture", "markdown", "pixels", "shown_by", "uploaded_by", "uploaded_at")
    show_full_result_count = False

    class Media:
        css = {"all": ["css/editorial/list.css", "css/editorial/images.css"]}

    def get_urls(self) -> list[URLPattern]:
        upload_view = self.admin_site.admin_view(partial(upload, model_admin=self))
        return [path("upload/", upload_view, name="questions_image_upload"), *super().get_urls()]

    def get_form(self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs) if change else UploadForm

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        return ("alternative_text", *self.readonly_fields) if obj else ("file", "alternative_text")

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        return self.readonly_fields if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return Image.objects.with_number_of_questions()

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Only what nothing shows can go."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or Image.objects.unused().filter(pk=obj.pk).exists())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say which of those chosen are shown somewhere, which keeps all of them."""
        deleted, counts, permissions_needed, protected = super().get_deleted_objects(objs, request)
        if self.has_delete_permission(request):
            permissions_needed = set()
        used = Image.objects.filter(pk__in=[it.pk for it in objs]).used()
        return (
            deleted,
            counts,
            permissions_needed,
            [*protected, *(f"{it}, which a question or its history shows" for it in used)],
        )

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return super().save_form(request, form, change) if change else form.keep(request.user)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: an image has nothing beside it."""

    def response_add(self, request: HttpRequest, obj: Image, post_url_continue: str | None = None) -> HttpResponse:
        """Lead to the image's page, where the Markdown to copy is."""
        messages.success(request, "The image is in the hub. Copy its Markdown into the text that is to show it.")
        return redirect("admin:questions_image_change", obj.pk)

    @admin.display(description="Image")
    def thumbnail(self, image: Image) -> SafeString:
        return _shown(image, "image-thumbnail")

    @admin.display(description="Image")
    def picture(self, image: Image) -> SafeString:
        return _shown(image, "image-picture")

    @admin.display(description="Markdown")
    def markdown(self, image: Image) -> SafeString:
        """The line to copy."""
        return format_html('<code class="image-markdown">{}</code>', image.markdown)

    @admin.display(description="Pixels")
    def pixels(self, image: Image) -> str:
        return f"{image.width:,} × {image.height:,}"

    @admin.display(description="Questions", ordering="number_of_questions")
    def questions(self, image: Any) -> int:
        return image.number_of_questions

    @admin.display(description="Shown by")
    def shown_by(self, image: Image) -> str:
        """The questions that show it, each with the way there."""
        uses = ImageUse.objects.current().filter(name=image.name).order_by("question__code")
        questions = [use.question for use in uses.select_related("question")]
        if not questions:
            is_used = ImageUse.objects.filter(name=image.name).exists()
            return "Only earlier versions of questions" if is_used else "No question"
        links = ((reverse("admin:questions_question_change", args=[it.pk]), str(it)) for it in questions)
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', links)


def _shown(image: Image, css_class: str) -> SafeString:
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        *(css_class, image.get_absolute_url(), image.alternative_text, image.width, image.height),
    )
