"""blogforge turns a folder of Markdown posts into a news-analysis publication."""

__version__ = "0.1.0"
