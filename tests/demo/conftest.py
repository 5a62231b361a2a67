"""The portal in each of its markups, on a port of its own."""

from collections.abc import Iterator

import pytest
import requests

from scraper.demo import DemoPortal
from scraper.demo.addresses import ADDRESSES, Addresses


@pytest.fixture(params=["sharepoint", "modern"])
def portal(request) -> Iterator[DemoPortal]:
    with DemoPortal(request.param) as running:
        yield running


@pytest.fixture
def at(portal) -> Addresses:
    """The scheme of addresses of the running portal."""
    return ADDRESSES[portal.markup]


@pytest.fixture
def get(portal):
    """GET a path of the portal over one session, without following redirects."""
    with requests.Session() as session:
        session.trust_env = False

        def fetch(path: str, **options) -> requests.Response:
            url = path if path.startswith("http") else portal.base_url + path
            return session.get(url, timeout=10, allow_redirects=False, **options)

        yield fetch
