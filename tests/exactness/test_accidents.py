from tests.exactness.machine import Accidents, settings_of

TestAccidents = Accidents.TestCase
TestAccidents.settings = settings_of(3)
