"""The domain: questions, what they are sorted by, the follow-ups between them, and what is known of each."""

from questions.models.content_version import ContentVersion
from questions.models.example_run import ExampleRun
from questions.models.follow_up import FollowUp
from questions.models.former_slug import FormerSlug
from questions.models.image import Image, ImageUse
from questions.models.import_file import ImportFile
from questions.models.learner import Learner
from questions.models.missed_search import MissedSearch
from questions.models.mock import Mock, MockAnswer
from questions.models.practice import Action, Card, PracticeEvent, PracticeList, Rating
from questions.models.question import Question
from questions.models.rendering import Rendering
from questions.models.review import WorkflowStep
from questions.models.search_document import SearchDocument, Term, TitleWord, Word
from questions.models.synonym import Synonym
from questions.models.taxonomy import Category, Level, Taxon, Technology
from questions.models.vote import LONGEST_REASON, Vote

__all__ = [
    "LONGEST_REASON",
    "Action",
    "Card",
    "Category",
    "ContentVersion",
    "ExampleRun",
    "FollowUp",
    "FormerSlug",
    "Image",
    "ImageUse",
    "ImportFile",
    "Learner",
    "Level",
    "MissedSearch",
    "Mock",
    "MockAnswer",
    "PracticeEvent",
    "PracticeList",
    "Question",
    "Rating",
    "Rendering",
    "SearchDocument",
    "Synonym",
    "Taxon",
    "Technology",
    "Term",
    "TitleWord",
    "Vote",
    "Word",
    "WorkflowStep",
]
