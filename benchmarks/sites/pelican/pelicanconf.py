"""What Pelican is told: the same pages as its peers make."""

SITENAME = "The Invented Desk"
SITEURL = "https://invented.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = ["extra"]
EXTRA_PATH_METADATA = {"extra/style.css": {"path": "style.css"}}
THEME = "theme"
USE_FOLDER_AS_CATEGORY = False
LOG_FILTER: list[tuple[int, str]] = []

ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "section/{slug}/", "section/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tag/{slug}/", "tag/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "author/{slug}/", "author/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "tags", "authors", "categories", "404", "sitemap"]
TAGS_SAVE_AS = "tag/index.html"
AUTHORS_SAVE_AS = "author/index.html"
CATEGORIES_SAVE_AS = "section/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
ARCHIVES_SAVE_AS = ""

DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
FEED_RSS = "feed.xml"
TAG_FEED_RSS = "tag/{slug}/feed.xml"
CATEGORY_FEED_RSS = "section/{slug}/feed.xml"
AUTHOR_FEED_RSS = "author/{slug}/feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.smarty": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
