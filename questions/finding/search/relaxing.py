"""What has most of the words of a search, where few questions have them all."""

from collections.abc import Collection

from questions.finding.search.backend import find
from questions.finding.search.query import Clause, Phrase, Query
from questions.finding.search.ranking import Score, scored
from questions.finding.search.weights import WeightedQuery

ENOUGH = 10  # questions that have all words; where there are as many, no others are looked for
LEAST = 0.1  # of the weight of all words, that a question must have
MOST = 40  # of them that are scored
CANDIDATES = 1_000  # questions that have one of the rarer words


def with_most_words(query: WeightedQuery, but: Collection[int]) -> dict[int, tuple[str, Score]]:
    """Other questions that have most of the words: each with its facets and its score."""
    rare = _rare(query)
    if len(query.query.positive) < 2 or not rare.phrases:
        return {}
    candidates = {pk: facets for pk, facets in find(_with(query, rare), (), CANDIDATES).items() if pk not in but}
    scores = scored(query, _likeliest(query, rare, candidates))
    return {pk: (candidates[pk], score) for pk, score in sorted(scores.items()) if score.share >= LEAST}


def taken_apart(query: WeightedQuery) -> WeightedQuery:
    """The query with the parts of names that no question has, such as `max_tokens`, beside them."""
    clauses = [part for clause in query.query.clauses for part in _parts(clause)]
    return query if len(clauses) == len(query.query.clauses) else WeightedQuery.of(Query(tuple(clauses)))


def _parts(clause: Clause) -> list[Clause]:
    words = clause.spellings[0]
    if len(words) == 1 or clause.is_quoted or clause.negated or find(Query((clause,)), (), 1):
        return [clause]
    return [Clause(((word,),)) for word in dict.fromkeys(("".join(words), *words))]


def _with(query: WeightedQuery, *clauses: Clause) -> Query:
    """What a question must have in any case, with some clauses more."""
    quoted = tuple(clause for clause in query.query.positive if clause.is_quoted)
    return Query((*clauses, *quoted, *query.query.negative))


def _rare(query: WeightedQuery) -> Clause:
    """Any of the rarer words, as long as no more than `CANDIDATES` questions have them; the rarest in any case."""
    having = {clause: sum(map(query.frequency, clause.phrases)) for clause in query.query.positive}
    found, phrases = 0, list[Phrase]()
    for clause, number in sorted(having.items(), key=lambda item: item[1]):
        found += number
        if phrases and found > CANDIDATES:
            break
        phrases += clause.phrases if number else ()
    return Clause(tuple(phrases))


def _likeliest(query: WeightedQuery, rare: Clause, candidates: Collection[int]) -> Collection[int]:
    """Those of the candidates that have the weightiest words, as many as can be scored."""
    if len(candidates) <= MOST:
        return candidates
    shares = dict.fromkeys(candidates, 0.0)
    for clause, weight in query.weights.items():
        for pk in find(_with(query, rare, clause), (), CANDIDATES):
            if pk in shares:
                shares[pk] += weight
    return sorted(candidates, key=lambda pk: (-shares[pk], pk))[:MOST]
