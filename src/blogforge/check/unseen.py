"""Pages that nobody has made yet as they would be made now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.pages.endpoints import copy
from blogforge.pages.images import rendition
from blogforge.pages.render import page_digest
from blogforge.pages.traces import Traces, Verdicts

if TYPE_CHECKING:
    from blogforge.edition import Edition
    from blogforge.model import Page

# Pictures have been looked at, and to encode or copy them would take long.
_SOUND = (copy, rendition)


def unseen(edition: Edition, traces: Traces) -> list[Page]:
    """The pages that may yet turn out to be faulty: `traces` are of those that did not."""
    today = edition.inputs.digests([name for name, _ in traces.inputs])
    verdicts = Verdicts(traces, today)
    pages = (page for page in edition.pages if page.render not in _SOUND)
    return [page for page in pages if verdicts.why(page.path, page_digest(page))]
