"""What planners make pages with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge import urls
from blogforge.model import Page
from blogforge.pages.subjects import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import Config
    from blogforge.model import Group, Site, Standalone


def page_at(url: str, config: Config, **fields: object) -> Page:
    """A page whose place in the tree follows from its URL.

    Raises ValueError for a URL that does not begin with the site's base path.
    """
    base = config.base_path
    if not url.startswith(base):
        raise ValueError(f"the URL {url} does not begin with the site's {base}")
    relative = urls.decode(url[len(base) :])
    path = urls.output_path(f"/{relative}")
    return Page(path=path, url=url, branch=config.branch, **fields)  # type: ignore[arg-type]


def intro_at(url: str, site: Site) -> Standalone | None:
    """The site's own page at the address of one of ours, which is shown above it."""
    return next((document for document in site.standalones if document.url == url), None)


def described(group: Group) -> str:
    """A group as errors name it."""
    return f"the {group.kind} '{group.name}'"


def paginate(
    group: str, paths: tuple[str, ...], url: str, size: int, *, lead: bool = False
) -> Iterator[tuple[Listing, str]]:
    """Lists of at most `size` posts, each with its URL: `url`, then `url`page/2/ and so on.

    With `lead`, the first one has one more, which leads. No posts make one empty list.
    """
    first = size + lead
    cuts = [0, *range(first, len(paths), size)] if len(paths) > first else [0]
    addresses = [url, *(f"{url}page/{number}/" for number in range(2, len(cuts) + 1))]
    for index, (start, address) in enumerate(zip(cuts, addresses, strict=True)):
        stop = cuts[index + 1] if index + 1 < len(cuts) else len(paths)
        yield (
            Listing(
                group=group,
                paths=paths[start:stop],
                number=index + 1,
                total=len(cuts),
                previous=addresses[index - 1] if index else "",
                next=addresses[index + 1] if index + 1 < len(cuts) else "",
                lead=lead and index == 0,
            ),
            address,
        )
