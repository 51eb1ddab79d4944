"""Finding questions by text: analysis, queries, two indexes, ranking, spelling, suggestions."""
