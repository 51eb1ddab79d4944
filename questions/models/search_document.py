"""What search reads, beside the indexes that each database has of it."""

from typing import ClassVar

from django.db import models


class SearchDocument(models.Model):
    """A published question as analysed words; triggers and a generated column keep the full-text index to it."""

    question = models.OneToOneField("questions.Question", models.CASCADE, primary_key=True, related_name="+")
    # Such as `xa1 xb2 xc4 xd7 xe1`, a word for each column that can be filtered.
    facets = models.CharField(max_length=60)
    title = models.TextField()
    answer = models.TextField()
    body = models.TextField()
    # The words as the question writes them, which `Word` counts: known here, so that they can be counted out again.
    words = models.TextField()
    title_words = models.TextField()  # those of the title

    class Meta:
        indexes: ClassVar = [
            # The facets of what a search finds, without a look at the texts, which are long.
            models.Index(fields=["question", "facets"], name="search_document_facets"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word as questions write it, and how many do; what mistyped and unfinished words are compared with."""

    word = models.CharField(max_length=40, primary_key=True)
    documents = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word


class TitleWord(models.Model):
    """The same of titles: what unfinished words are completed with first."""

    word = models.CharField(max_length=40, primary_key=True)
    documents = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word


class Term(models.Model):
    """A word of the search documents, and how many have it: the fewer, the more it says of what is meant."""

    term = models.CharField(max_length=200, primary_key=True)
    documents = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.term
