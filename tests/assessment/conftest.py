"""A street in memory for every test of figures and scores."""

import pytest

from tests.street import Street


@pytest.fixture
def street():
    made = Street()
    yield made
    made.connection.close()
