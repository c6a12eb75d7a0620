"""What among a site's files is its old theme."""

from __future__ import annotations

# blogforge has its own styles, scripts and manifests, and makes feeds and sitemaps itself.
_ENDS = (
    *(".css", ".scss", ".sass", ".less", ".styl", ".js", ".mjs", ".ts", ".jsx", ".tsx", ".map"),
    *(".tmpl", ".liquid", ".rb", ".gemspec", ".lock", ".webmanifest", ".xsl", ".py", ".pyc", ".sh"),
)
_NAMES = {"feed.xml", "atom.xml", "rss.xml", "sitemap.xml", "robots.txt", "search.json"}


def is_theme(path: str) -> bool:
    """Whether a file belongs to the old site's theme or to what builds it."""
    return path.lower().endswith(_ENDS) or path.rpartition("/")[2].lower() in _NAMES
