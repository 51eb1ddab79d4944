"""Where editors add, change and remove everything."""

from contextlib import nullcontext
from typing import Any, Literal

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import BaseInlineFormSet, BaseModelFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.text import capfirst

from questions import revisions
from questions.editorial import (
    admin_search,
    conflicts,
    deleting,
    history_pages,
    images,  # noqa: F401  # Registers the admin of images.
    import_export,
    my_work,
    synonyms,
    workflow,
    workflow_pages,
)
from questions.editorial import urls as editorial_urls
from questions.editorial.forms import QuestionForm
from questions.editorial.widgets import MarkdownTextarea, WithKeySelect, module
from questions.limits import MOST_FOLLOW_UPS
from questions.models import Category, FollowUp, Level, MissedSearch, Question, Technology, Vote
from questions.sections import ALSO_ASKED, SECTIONS
from questions.states import REVIEW, SUBMIT

admin.site.site_header = admin.site.site_title = "Knowledge Hub"
admin.site.index_title = "The editors’ desk"


@admin.register(Technology, Level, Category)
class TaxonAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ["name"]}

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> type[BaseModelFormSet]:
        """Look at no more rows than a page of the list can show."""
        most = self.list_max_show_all
        return super().get_changelist_formset(request, **kwargs, max_num=most, absolute_max=most)


class ReviewFilter(admin.SimpleListFilter):
    """Questions by whether their date of review has passed."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Due"), ("later", "Later"), ("never", "No date")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        """Drafts are due too: what is published again has to be true again."""
        today = timezone.localdate()
        chosen = {
            "due": Q(review_by__lt=today),
            "later": Q(review_by__gte=today),
            "never": Q(review_by__isnull=True),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


class WriterFilter(admin.SimpleListFilter):
    """The questions that whoever looks has written or changed."""

    title = "writer"
    parameter_name = "writer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "Me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Question]) -> QuerySet[Question]:
        return my_work.written_by(request.user, queryset) if self.value() == "me" else queryset


class FollowUpForm(forms.ModelForm):
    class Meta:
        widgets = {"answer": MarkdownTextarea({"rows": 3, "data-on-focus": "", "aria-label": "Answer"})}

    def validate_constraints(self) -> None:
        """Leave positions to the formset: two follow-ups may swap theirs."""


class FollowUpInline(WithKeySelect, admin.TabularInline):
    model = FollowUp
    form = FollowUpForm
    fk_name = "question"
    fields = ("position", "text", "answered_by", "answer")
    autocomplete_fields = ("answered_by",)
    max_num = MOST_FOLLOW_UPS

    def get_formset(self, request: HttpRequest, obj: Question | None = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """Refuse more than that; as many again may be there to be deleted, and no more rows are even looked at."""
        limits = {"validate_max": True, "absolute_max": 2 * MOST_FOLLOW_UPS}
        return super().get_formset(request, obj, **kwargs, **limits)

    def get_extra(self, request: HttpRequest, obj: Question | None = None, **kwargs: Any) -> int:
        """Three rows to fill in for a new question; `min_num` would demand them filled."""
        return 0 if obj else 3


class QuestionList(ChangeList):
    """The list of questions, which marks no column as its order when the best match comes first."""

    def get_ordering_field_columns(self) -> dict[int, Literal["desc", "asc"]]:
        return {} if self.query and ORDER_VAR not in self.params else super().get_ordering_field_columns()


@admin.register(Question)
class QuestionAdmin(WithKeySelect, admin.ModelAdmin):
    form = QuestionForm
    list_display = ("code", "shown_title", "status", "technology", "level", "difficulty", "category", "updated_at")
    list_display_links = ("code", "shown_title")
    list_filter = ("status", WriterFilter, ReviewFilter, "technology", "level", "category", "difficulty")
    list_select_related = ("technology", "category", "level")
    list_per_page = 50
    search_fields = ("code",)  # Shows the box; `get_search_results` searches.
    show_full_result_count = False
    autocomplete_fields = ("technology", "category", "level")
    readonly_fields = ("status", "created_at", "updated_at", "published_at")
    actions = workflow_pages.actions()
    inlines = (FollowUpInline,)
    save_on_top = True
    fieldsets = (
        (None, {"fields": ("code", "title", ("technology", "category", "level", "difficulty"), "status")}),
        ("Sections, in Markdown", {"fields": [*(section.field for section in SECTIONS), ALSO_ASKED.field]}),
        ("Evidence", {"fields": ("references", ("verified_for", "review_by"))}),
        ("Dates", {"fields": ("created_at", "updated_at", "published_at")}),
    )

    class Media:
        css = {"all": ["css/editorial/workflow.css"]}
        js = [module(name) for name in ("similar", "proposal", "order", "autosave")]

    @admin.display(description="title", ordering="title")
    def shown_title(self, question: Question) -> str:
        return question.plain_title

    def get_urls(self) -> list[URLPattern]:
        return [*editorial_urls.get_urls(self), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QuestionList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Question], search_term: str
    ) -> tuple[QuerySet[Question], bool]:
        if not search_term.strip():
            return queryset, False
        found, by_relevance = admin_search.found(queryset, search_term)
        return (found if ORDER_VAR in request.GET else found.order_by(*by_relevance)), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_import = import_export.may_import(request, self)
        return super().changelist_view(request, {**(extra_context or {}), "has_import_permission": may_import})

    def has_change_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or workflow.may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or workflow.may_delete(request.user, obj))

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SUBMIT)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REVIEW)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).order_by("code")

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """A code is permanent once it is given."""
        return (*self.readonly_fields, "code") if obj else self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """A question that is not there yet has no dates."""
        return [it for it in super().get_fieldsets(request, obj) if obj or it[0] != "Dates"]

    def view_on_site(self, obj: Question) -> str | None:
        return obj.get_absolute_url() if obj.is_public else None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history_pages.history(request, self, unquote(object_id))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Between the comparison with what is stored and the save, nobody else saves the question."""
        with transaction.atomic() if request.method == "POST" else nullcontext():  # Reading waits for nobody.
            question = self.get_object(request, unquote(object_id)) if object_id else None
            if object_id and request.method == "POST" and (page := self._page_instead(request, object_id, question)):
                return page
            seen = conflicts.begin(request, question.pk) if question else {}
            return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **seen})

    def _page_instead(self, request: HttpRequest, object_id: str, question: Question | None) -> HttpResponse | None:
        """What answers a save that has become impossible while its text was typed."""
        if question is None:
            return history_pages.gone(request, self, unquote(object_id))
        return history_pages.moved_on(request, self, question)

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        """Save without a revision, which comes after the follow-ups."""
        if change:
            revisions.catch_up([obj.pk])
        obj.skip_history_when_saving = True  # type: ignore[attr-defined]
        before = obj.updated_at
        super().save_model(request, obj, form, change)
        form.has_update = not change or obj.updated_at != before
        for field, sentences in obj.notices().items():
            messages.warning(request, f"{capfirst(field)}: {' '.join(sentences)}")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if question := kwargs.get("obj"):
            context |= workflow_pages.panel(request, question)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Move what goes or changes its position out of the way first, since follow-ups may take each other's."""
        moved = [
            form.instance.pk
            for form in formset.initial_forms
            if "position" in form.changed_data or form in formset.deleted_forms
        ]
        FollowUp.objects.move_away(moved)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write a revision, unless nothing has changed."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            form.instance.touch()
        elif not form.has_update:
            return
        kind = revisions.CHANGED if change else revisions.CREATED
        revisions.record(Question.objects.filter(pk=form.instance.pk), kind=kind)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return deleting.with_lost_links(super().get_deleted_objects(objs, request), objs)


@admin.register(Vote)
class VoteAdmin(admin.ModelAdmin):
    """What readers said; editors may only strike off what should not stand there."""

    list_display = ("question", "helpful", "reason", "cast_at")
    list_display_links = None
    list_filter = ("helpful", ("reason", admin.EmptyFieldListFilter))
    search_fields = ("question__code", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Vote]:
        return Vote.objects.with_titles()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Vote | None = None) -> bool:
        return False


@admin.register(MissedSearch)
class MissedSearchAdmin(admin.ModelAdmin):
    """What readers looked for in vain; editors may only strike off what they have dealt with."""

    list_display = ("text", "count", "last_seen")
    search_fields = ("text",)

    def get_list_display(self, request: HttpRequest) -> Any:
        return (*self.list_display, *synonyms.columns(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MissedSearch | None = None) -> bool:
        return False
