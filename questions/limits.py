"""How much a question and a file may hold: the one place that says so, for every way in."""

MEGABYTE = 1_000_000

# Of a question.
MOST_FOLLOW_UPS = 100
FOLLOW_UP_ANSWER = 2_000  # characters of Markdown: half a minute of speech takes 600, formulas and code the rest
LAST_POSITION = 9_999  # of a follow-up, with room above for those that trade places

# Of a taxonomy.
LAST_TAXON = 32_767  # a position: PostgreSQL's column ends there, SQLite's nowhere

# Of a file to import.
UPLOAD = 10 * MEGABYTE  # in the admin; the command takes larger ones
WHOLE_FILE = 50 * MEGABYTE  # JSON and YAML, which are read as a whole
MARKDOWN_FILE = MEGABYTE
CSV_CELL = MEGABYTE  # More than the longest text that a question can have.
DEPTH = 10  # entries within entries
MOST_TAXA = 1_000  # of one taxonomy
MOST_BAD = 100  # reasons that are told before the rest is left unread

# Of an image.
IMAGE = 10 * MEGABYTE
PIXELS = 40_000_000
IMAGE_KEPT = 2 * MEGABYTE
PIXELS_KEPT = 4_000_000
ALTERNATIVE_TEXT = 500  # characters

# Of a zip.
MOST_FILES = 200_000
UNPACKED = 2_000 * MEGABYTE
MOST_PACKED = 100  # bytes that one byte of a zip may stand for
