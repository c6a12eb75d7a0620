"""Work shared out among processes or machines: the same results in the same order as without."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from blogforge.pool.crews import Crew

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Crew", "crew"]


@contextmanager
def crew(jobs: int, cluster: str = "") -> Iterator[Crew]:
    """`jobs` workers; those of the Dask cluster at the address `cluster`, where there is one.

    Raises ConfigError where Dask is not installed, or the cluster has other versions of what makes
    a page's bytes; MachineError where nobody answers at the address.
    """
    if jobs > 1:
        from blogforge.pool.processes import Processes

        local: Crew = Processes(jobs)
    else:
        local = Crew()
    if cluster:
        from blogforge.pool.cluster import connected

        with connected(cluster, local) as found:
            yield found
    else:
        yield local
