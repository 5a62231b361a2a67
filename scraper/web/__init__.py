"""The Datasette plugin: pages, search, photos and citations of an archive.

Datasette loads this module by the entry point ``datasette`` and takes the hooks below.
"""

from scraper.web.cells import render_cell
from scraper.web.connections import prepare_connection
from scraper.web.errors import handle_exception
from scraper.web.middleware import asgi_wrapper
from scraper.web.routes import register_routes
from scraper.web.template_context import extra_template_vars
from scraper.web.templating import prepare_jinja2_environment

__all__ = [
    "asgi_wrapper",
    "extra_template_vars",
    "handle_exception",
    "prepare_connection",
    "prepare_jinja2_environment",
    "register_routes",
    "render_cell",
]
