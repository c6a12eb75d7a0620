from contextlib import ExitStack
from unittest.mock import patch

from hypothesis import settings

from tests.exactness.machine import Accidents, Housekeeping, Writing, settings_of

THRESHOLDS = (
    "blogforge.content.read._WORTH_A_POOL",
    "blogforge.content.articles._WORTH_A_POOL",
    "blogforge.edition._WORTH_A_RANKER",
    "blogforge.renewal._WORTH_A_POOL",
    "blogforge.renewal._WORTH_A_LOOK",
)
_FEWER = 10  # every build starts processes again and again


class Workers(Writing, Housekeeping, Accidents):
    """All of it by two workers, though there is little to share out."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = 2
        self.shared_out = ExitStack()
        for threshold in THRESHOLDS:
            self.shared_out.enter_context(patch(threshold, 0))

    def teardown(self) -> None:
        """Let others work alone."""
        self.shared_out.close()
        super().teardown()


TestWorkers = Workers.TestCase
TestWorkers.settings = settings(settings_of(0), max_examples=settings_of(0).max_examples // _FEWER)
