from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE ledgers_grams USING fts5(grams, content='', detail='none')"
POSTGRESQL = (
    "CREATE FUNCTION ledgers_grams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ "
    "SELECT COALESCE(array_agg(DISTINCT substr(words, place, 2)), '{}') FROM generate_series(1, length(words) - 1) AS place $$",
    "CREATE INDEX entry_grams ON ledgers_entry USING gin (ledgers_grams(sought))",
)


def make(apps, schema_editor):
    """The index a search asks first: see ``ledgers.queries.searching``."""
    for statement in (SQLITE,) if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE ledgers_grams")
    else:
        schema_editor.execute("DROP INDEX entry_grams")
        schema_editor.execute("DROP FUNCTION ledgers_grams")


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0001_ledgers")]
    operations = [migrations.RunPython(make, drop)]
