"""The public addresses."""

from django.urls import path, register_converter

from questions import about, discovery, follow_up_views, recall, views, votes
from questions.codes import CodeConverter
from questions.desk import sharing
from questions.exchange import views as exchange
from questions.search import views as search

register_converter(CodeConverter, "code")

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("questions/", views.question_list, name="question_list"),
    path("suggest", search.suggestions, name="suggest"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("questions/<code:code>/", views.question_detail, name="question"),
    path("questions/<code:code>/recall/", recall.recall, name="recall"),
    path("questions/recall/", recall.recall_list, name="recall_list"),
    path("questions/<code:code>/push/", follow_up_views.push, name="push"),
    path("questions/<code:code>/drill/", follow_up_views.drill, name="drill"),
    path("map/", follow_up_views.question_map, name="map"),
    path("preview", sharing.shared_preview, name="shared_preview"),  # No slash: no page that is kept for offline.
    path("accessibility/", about.accessibility, name="accessibility"),
    path("random/", discovery.random_question, name="random"),
    path("votes/<code:code>/", votes.vote, name="vote"),
    path("questions/<code:code>.md", exchange.question_markdown, name="question_markdown"),
    path("questions/<code:code>.json", exchange.question_json, name="question_json"),
    path("questions.json", exchange.list_json, name="list_json"),
    path("questions.csv", exchange.list_csv, name="list_csv"),
    path("questions.md", exchange.list_markdown, name="list_markdown"),
    path("questions.apkg", exchange.list_anki, name="list_anki"),
    path("questions/print/", exchange.list_print, name="list_print"),
    path("feed.atom", discovery.feed, name="feed"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", discovery.sitemap_part, name="sitemap_part"),
    path("robots.txt", discovery.robots, name="robots"),
    path("llms.txt", discovery.llms, name="llms"),
]
