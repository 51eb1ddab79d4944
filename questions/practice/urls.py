"""The addresses of practice; those of other parts of it are added here."""

from django.urls import URLPattern, path

from questions.practice import keeping, kit_views, lists, mock_views, planning, progress_views, scorecard, views


def get_urls() -> list[URLPattern]:
    return [
        path("practice/", views.today, name="practice"),
        path("practice/next/", views.lead_on, name="practice_next"),
        path("practice/undo/", views.undo, name="practice_undo"),
        path("practice/due", views.number_due, name="practice_due"),
        path("practice/plan/", planning.plan, name="practice_plan"),
        path("practice/progress/", progress_views.progress, name="practice_progress"),
        path("practice/lists/", lists.lists, name="practice_lists"),
        path("practice/lists/<int:number>/", lists.change, name="practice_list"),
        path("practice/lists/anew/", lists.begin_anew, name="practice_anew"),
        path("practice/data/", keeping.keeping, name="practice_keeping"),
        path("practice/data/practice.json", keeping.download, name="practice_download"),
        path("practice/data/revlog.csv", keeping.download_log, name="practice_log"),
        path("practice/data/renew/", keeping.renew, name="practice_renew"),
        path("practice/data/bring-back/", keeping.bring_back, name="practice_bring_back"),
        path("practice/data/take-over/", keeping.take_over, name="practice_take_over"),
        path("practice/data/adopt/", keeping.adopt, name="practice_adopt"),
        path("practice/data/delete/", keeping.delete, name="practice_delete"),
        path("practice/link/", keeping.link, name="practice_link"),
        path("practice/mock/", mock_views.set_up, name="mock"),
        path("practice/mock/begin/", mock_views.begin, name="mock_begin"),
        path("practice/mock/mine/", mock_views.mine, name="mock_mine"),
        path("practice/mock/<int:number>/", mock_views.mock, name="mock_one"),
        path("practice/mock/<int:number>/revise/", mock_views.revise, name="mock_revise"),
        path("practice/mock/<int:number>/report.md", mock_views.markdown, name="mock_markdown"),
        path("practice/<code:code>/lists/", lists.of_question, name="practice_question_lists"),
        path("practice/ratings", views.ratings, name="practice_ratings"),
        path("practice/<code:code>/", views.ask, name="practice_question"),
        path("kits/", kit_views.kits, name="kits"),
        path("kits/pick/", kit_views.pick, name="kit_pick"),
        path("kits/arrange/", kit_views.arrange, name="kit_arrange"),
        path("kits/interviewer/", kit_views.interviewer, name="kit_interviewer"),
        path("kits/candidate/", kit_views.candidate, name="kit_candidate"),
        path("kits/scorecard/", kit_views.scorecard, name="kit_scorecard"),
        path("kits/scorecard.md", scorecard.markdown, name="kit_scorecard_markdown"),
        path("kits/scorecard.csv", scorecard.csv_file, name="kit_scorecard_csv"),
    ]
