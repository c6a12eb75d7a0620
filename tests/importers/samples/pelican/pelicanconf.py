import os

AUTHOR = "Ruth Okpalla"
SITENAME = "The Salt Letter"
SITESUBTITLE = "Salt, and who carries it."
SITEURL = ""
PATH = "content"
TIMEZONE = "Asia/Karachi"
DEFAULT_LANG = "en"
ARTICLE_URL = "letters/{date:%Y}/{date:%b}/{slug}/"
ARTICLE_SAVE_AS = "letters/{date:%Y}/{date:%b}/{slug}/index.html"
ARTICLE_LANG_URL = "{lang}/letters/{slug}/"
PAGE_URL = "{slug}/"
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "files", "extra/robots.txt", "extra/old-map.pdf"]
EXTRA_PATH_METADATA = {"extra/old-map.pdf": {"path": "map.pdf"}}
DEFAULT_METADATA = {"status": "published"}
FILENAME_METADATA = r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)"
TYPOGRIFY = True
THEME = os.path.join("theme", "plain")
open("never-run-by-an-import", "w").write("run")
