"""The public addresses."""

from django.urls import path, register_converter

from questions.browse import feeds, images, sitemaps
from questions.browse import views as browse
from questions.codes import CodeConverter
from questions.editorial import sharing
from questions.exchange import anki_schedule, crawlers
from questions.exchange import views as exchange
from questions.feedback import votes
from questions.finding.search import views as search
from questions.follow_ups import views as follow_ups
from questions.practice import recall
from questions.practice.urls import get_urls as practice_urls

register_converter(CodeConverter, "code")
register_converter(images.ImageConverter, "image")

urlpatterns = [
    path("", browse.front_page, name="front_page"),
    path("questions/", browse.question_list, name="question_list"),
    path("suggest", search.suggestions, name="suggest"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("questions/<code:code>/", browse.question_detail, name="question"),
    path("questions/<code:code>/recall/", recall.recall, name="recall"),
    path("questions/recall/", recall.recall_list, name="recall_list"),
    path("questions/<code:code>/push/", follow_ups.panel, name="panel"),
    path("questions/<code:code>/push/<int:position>/", follow_ups.answer, name="follow_up_answer"),
    path("questions/<code:code>/drill/", follow_ups.drill, name="drill"),
    path("questions/<code:code>/map/", follow_ups.neighbourhood, name="neighbourhood"),
    path("map/", follow_ups.question_map, name="map"),
    path("preview", sharing.shared_preview, name="shared_preview"),  # No slash: no page that is kept for offline.
    path("accessibility/", browse.accessibility, name="accessibility"),
    path("random/", browse.random_question, name="random"),
    path("votes/<code:code>/", votes.vote, name="vote"),
    path("practice/data/practice.apkg", anki_schedule.practice_package, name="practice_package"),
    *practice_urls(),
    *exchange.get_urls(),
    path("images/<image:name>", images.image, name="image"),
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("llms.txt", crawlers.llms, name="llms"),
]
