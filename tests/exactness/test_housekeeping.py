from tests.exactness.machine import Housekeeping, settings_of

TestHousekeeping = Housekeeping.TestCase
TestHousekeeping.settings = settings_of(2)
