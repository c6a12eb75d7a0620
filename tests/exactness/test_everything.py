from tests.exactness.machine import Accidents, Housekeeping, Writing, settings_of


class Everything(Writing, Housekeeping, Accidents):
    """All of it, with two workers where there is anything to share out."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = 2


TestEverything = Everything.TestCase
TestEverything.settings = settings_of(0)
