"""The command that moves a site in from another publishing system."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogforge.errors import ConfigError, MachineError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from blogforge.fetching import Client

_FORMATS = ("wordpress", "ghost", "hugo", "jekyll", "pelican", "feed", "text")


@click.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.argument("source")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="The site's folder, or a new one for it.",
)
@click.option("--media", is_flag=True, help="Fetch pictures and files from the old site.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.option("--url", metavar="URL", default="", help="The old site's address.")
@click.option("--date", metavar="DATE", default="", help="Of what has none.")
@click.option("--section", metavar="NAME", default="", help="Of what has none.")
@click.option("--author", metavar="NAME", default="", help="Of what names none.")
@click.option("--language", metavar="TAG", default="", help="Of a new site.")
@click.option("--timezone", metavar="ZONE", default="", help="Of a new site: Europe/Paris.")
def import_(  # noqa: PLR0913  (its options)
    form: str,
    source: str,
    into: Path,
    *,
    media: bool,
    dry_run: bool,
    as_json: bool,
    **said: str,
) -> None:
    """Move a site in: posts, pages, authors and pictures of SOURCE, a file, folder or archive.

    FORMAT is wordpress, ghost, hugo, jekyll, pelican, feed or text. Running it again writes only
    what has changed in SOURCE, and never over your own edits.

    \b
    Examples:
      blogforge import wordpress export.xml --into my-desk
      blogforge import hugo ../old-site --into my-desk --dry-run
      blogforge import feed https://example.org/feed.xml --into my-desk --media
      blogforge import text article.txt --date 2012-03-21
    """
    from blogforge.importers import account, reader
    from blogforge.importers.found import Instructions
    from blogforge.importers.moving import Asked, move
    from blogforge.importers.source import opened
    from blogforge.summary import progress_bar

    if source.lower().startswith(("http://", "https://")) and form != "feed":
        raise ConfigError.of(
            "only a feed is read from an address", hint="export the site, and name the file"
        )
    instructions = Instructions(**said, site=into)
    asked = Asked(format=form, source=source, folder=into, instructions=instructions, dry=dry_run)
    try:
        with opened(source) as origin, _client(said["url"], fetch=media and not dry_run) as client:
            found = reader(form)(origin, instructions)
            with progress_bar() as progress:
                done = move(found, asked, client, progress)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("blogforge"):
            raise
        message = f"this cannot be imported without {error.name}"
        raise MachineError.of(message, hint='pip install "blogforge[import]"') from error
    click.echo((account.as_json if as_json else account.as_text)(done))
    if not as_json and not dry_run:
        here = f" {into}" if into != Path() else ""
        click.echo(f"next: 'blogforge serve{here}' shows it, 'blogforge check{here}' looks it over")


def _client(url: str, *, fetch: bool) -> AbstractContextManager[Client | None]:
    if not fetch:
        return nullcontext()
    from blogforge.fetching import Client

    return Client(site=url)
