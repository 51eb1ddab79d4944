"""What readers looked for in vain becomes a synonym of what questions say, so that the next search finds it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.finding.search.missed import as_remembered
from questions.models import MissedSearch, Synonym


@admin.display(description="Other words")
def is_the_same_as(search: MissedSearch) -> SafeString:
    """The way to say what a search means."""
    url = f"{reverse('admin:questions_synonym_add')}?{urlencode({'phrase': search.text})}"
    return format_html('<a href="{}" aria-label="“{}” is the same as …">is the same as …</a>', url, search.text)


def columns(request: HttpRequest) -> list[Callable[[MissedSearch], SafeString]]:
    """The columns of missed searches for those who may write synonyms."""
    return [is_the_same_as] if request.user.has_perm("questions.add_synonym") else []


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """Words that say the same, beside those that come with the hub; a search that they explain is no longer missed."""

    list_display = ("phrase", "same_as")
    search_fields = ("phrase", "same_as")

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        MissedSearch.objects.filter(text=as_remembered(obj.phrase)).delete()
