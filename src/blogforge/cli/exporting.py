"""Commands that write articles for other places than the published tree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blogforge.cli.common import AUTHOR, FOLDER, LANG, NOW, SECTION, STORY, beginning, moment
from blogforge.errors import ConfigError

if TYPE_CHECKING:
    from blogforge.options import Options


@click.command()
@FOLDER
@click.option(
    "--since", metavar="TIME", default="7d", show_default=True, help="7d, 24h, 2w, a day."
)
@click.option("--until", metavar="TIME", default="", help="Up to TIME, which is not in it.")
@SECTION
@AUTHOR
@STORY
@LANG
@click.option("--lead", metavar="POST", default="", help="Comes first, instead of the newest.")
@click.option("--limit", type=click.IntRange(1, 200), default=None, help="Articles at most.")
@click.option("--subject", default="", help="Instead of the configured one.")
@click.option("--intro", default="", help="Instead of the configured one.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Into this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@NOW
def digest(  # noqa: PLR0913, PLR0917  (its options)
    folder: Path,
    since: str,
    until: str,
    now: str,
    out: Path | None,
    limit: int | None,
    *,
    as_json: bool,
    **options: Any,
) -> None:
    """Write an e-mail of what FOLDER's site has published: .eml, HTML and text, ready to be sent.

    \b
    Examples:
      blogforge digest --since 7d
      blogforge digest --since 2012-03-12 --until 2012-03-19 --json
    """
    from blogforge import newsletter
    from blogforge.newsletter import report
    from blogforge.site.wanted import Wanted

    settled = _at_once(now, folder)
    end = moment(until, folder, "--until") or settled.moment()
    order = newsletter.Order(
        limit=limit or 0, **{name: options.pop(name) for name in ("lead", "subject", "intro")}
    )
    wanted = Wanted(since=beginning(since, folder, end), until=end, **options)
    found = newsletter.newsletter(folder, settled, wanted, order)
    files = newsletter.write(found, out or folder / "digest", folder, settled)
    click.echo((report.as_json if as_json else report.as_text)(found, files))


@click.command()
@click.argument("posts", nargs=-1)
@STORY
@click.option("--month", metavar="MONTH", default="", help="Of this month, such as 2012-03.")
@SECTION
@AUTHOR
@LANG
@click.option("--since", metavar="TIME", default="", help="From then on: 30d, a day.")
@click.option("--until", metavar="TIME", default="", help="Up to TIME, which is not in it.")
@click.option("--title", default="", help="What the book is called.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write this file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--folder", default=".", type=click.Path(exists=True, path_type=Path), hidden=True)
@NOW
def epub(  # noqa: PLR0913, PLR0917  (its options)
    posts: tuple[str, ...],
    since: str,
    until: str,
    now: str,
    title: str,
    out: Path | None,
    folder: Path,
    *,
    as_json: bool,
    **options: Any,
) -> None:
    """Write articles as a book that e-readers open: POSTS, a story, a month, a section.

    \b
    Examples:
      blogforge epub --story "The war in northern Mali"
      blogforge epub --month 2012-03 --out march.epub
    """
    from blogforge import epub
    from blogforge.epub import report
    from blogforge.site.wanted import Wanted

    settled = _at_once(now, folder)
    end = moment(until, folder, "--until")
    begin = beginning(since, folder, end or settled.moment()) if since else None
    wanted = Wanted(since=begin, until=end, posts=posts, **options)
    if wanted == Wanted():
        raise ConfigError.of(
            "which articles?", hint="name posts, or write --story, --month, --section or --since"
        )
    book = epub.epub(folder, settled, wanted, title)
    path = out or folder / book.name
    epub.write(book, path, folder, settled)
    click.echo((report.as_json if as_json else report.as_text)(book, path))


def _at_once(now: str, folder: Path) -> Options:
    """Options with one moment for all that follows, what is published and where a span ends."""
    from blogforge.options import Options

    return Options(now=Options(now=moment(now, folder)).moment())
