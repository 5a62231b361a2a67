from __future__ import annotations

import pytest

from tests.faults import FaultTable, fault

__all__ = ["fault"]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(FaultTable())
