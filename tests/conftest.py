from __future__ import annotations

import pytest
from hypothesis import settings

from tests.faults import FaultTable, fault

# How long an example takes never decides a test: these machines are slow and busy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

__all__ = ["fault"]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(FaultTable())
