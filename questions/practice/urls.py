"""The addresses of practice; those of other parts of it are added here."""

from django.urls import URLPattern, path

from questions.practice import views


def get_urls() -> list[URLPattern]:
    return [
        path("practice/", views.today, name="practice"),
        path("practice/next/", views.lead_on, name="practice_next"),
        path("practice/undo/", views.undo, name="practice_undo"),
        path("practice/due", views.number_due, name="practice_due"),
        path("practice/<code:code>/", views.ask, name="practice_question"),
    ]
