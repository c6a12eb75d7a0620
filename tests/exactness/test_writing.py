from tests.exactness.machine import Writing, settings_of

TestWriting = Writing.TestCase
TestWriting.settings = settings_of(1)
