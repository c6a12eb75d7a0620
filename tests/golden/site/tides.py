"""A page for each day of data/tides.yaml."""

from collections.abc import Callable, Iterator
from typing import Any

from blogforge.config import Config
from blogforge.model import Page, Site
from blogforge.pages.plan import page_at

__version__ = "1"


def configure(options: dict[str, Any]) -> tuple[Callable[[Site, Config], Iterator[Page]], ...]:
    """One planner, for the place that blogforge.yaml names."""

    def tides(site: Site, config: Config) -> Iterator[Page]:
        for day, height in site.data["tides"].items():
            yield page_at(
                f"{config.base_path}tides/{day}/",
                config,
                render="tide.html",
                kind="tide",
                title=f"High water, {day}",
                subject={"place": options["place"], "height": height},
                origin="data/tides.yaml",
                indexed=True,
            )

    return (tides,)


filters = {"metres": lambda height: f"{height:.1f} m"}
