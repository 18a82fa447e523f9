"""Settings of the property tests: no time limit per example, a busy machine is not a fault."""

from hypothesis import settings

settings.register_profile("unionclient", deadline=None)
settings.load_profile("unionclient")
