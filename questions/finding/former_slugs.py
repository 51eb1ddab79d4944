"""Old addresses keep leading to their lists: triggers remember a slug that changes, on every way to change one."""

from collections.abc import Sequence

from django.db import connection

from questions.database_objects import DatabaseObject
from questions.models import FormerSlug, Taxon
from questions.version import once_a_version

TAXONOMIES = ("technology", "level", "category")
FUNCTION = "remember_former_slug()"
# What was another's slug once leads to the one that had it last.
REMEMBER = (
    "INSERT INTO questions_formerslug (taxonomy, slug, taxon_id) VALUES ({}, OLD.slug, OLD.id) "
    "ON CONFLICT (taxonomy, slug) DO UPDATE SET taxon_id = excluded.taxon_id"
)


def objects() -> list[DatabaseObject]:
    """The triggers, and what they run."""
    if connection.vendor == "sqlite":
        return [_trigger(it, f"BEGIN {REMEMBER.format(repr(it))}; END", "", "IS NOT") for it in TAXONOMIES]
    body = f"BEGIN {REMEMBER.format('TG_ARGV[0]')}; RETURN NULL; END"
    function = f"CREATE FUNCTION {FUNCTION} RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    run = "EXECUTE FUNCTION remember_former_slug('{}')"
    return [
        DatabaseObject("FUNCTION", FUNCTION, function),
        *(_trigger(it, run.format(it), f" ON questions_{it}", "IS DISTINCT FROM") for it in TAXONOMIES),
    ]


def _trigger(taxonomy: str, run: str, of_table: str, differs: str) -> DatabaseObject:
    name = f"former_slug_{taxonomy}"
    definition = (
        f"CREATE TRIGGER {name} AFTER UPDATE OF slug ON questions_{taxonomy} "
        f"FOR EACH ROW WHEN (OLD.slug {differs} NEW.slug) {run}"
    )
    return DatabaseObject("TRIGGER", name + of_table, definition)


@once_a_version
def _taxa_by_former_slug() -> dict[tuple[str, str], int]:
    return {(it.taxonomy, it.slug): it.taxon_id for it in FormerSlug.objects.all()}


def current_slug(taxonomy: str, slug: str, taxa: Sequence[Taxon]) -> str:
    """The slug of what was once called so, or the same where nothing was."""
    pk = _taxa_by_former_slug().get((taxonomy, slug))
    return next((taxon.slug for taxon in taxa if taxon.pk == pk), slug)
