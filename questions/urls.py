"""The public addresses."""

from django.urls import path, register_converter

from questions import views
from questions.codes import CodeConverter

register_converter(CodeConverter, "code")

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("questions/", views.question_list, name="question_list"),
    path("questions/<code:code>/", views.question_detail, name="question"),
]
