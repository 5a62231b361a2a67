from datetime import datetime, timedelta
from email.message import Message

import pytest

from scraper.demo.article import HANOI
from scraper.demo.responses import Response, conditional, http_date, with_validators

MODIFIED = datetime(2024, 3, 27, 15, 6, 52, tzinfo=HANOI)
PHOTO = with_validators(Response(200, b"photo", "image/jpeg"), MODIFIED)
ETAG = PHOTO.headers["ETag"]


def asked(**headers: str) -> Message:
    message = Message()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def test_dates_are_in_gmt():
    assert http_date(MODIFIED) == "Wed, 27 Mar 2024 08:06:52 GMT"
    assert PHOTO.headers["Last-Modified"] == "Wed, 27 Mar 2024 08:06:52 GMT"


@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": ETAG},
        {"If_None_Match": f'"other", W/{ETAG}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": http_date(MODIFIED)},
        {"If_Modified_Since": http_date(MODIFIED + timedelta(days=1))},
        {"If_None_Match": ETAG, "If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ],
)
def test_a_known_photo_is_not_sent_again(headers):
    answer = conditional(PHOTO, asked(**headers))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"] == ETAG


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": http_date(MODIFIED)},
        {"If_Modified_Since": http_date(MODIFIED - timedelta(seconds=1))},
        {"If_Modified_Since": "yesterday"},
    ],
)
def test_anything_else_is_sent(headers):
    assert conditional(PHOTO, asked(**headers)) is PHOTO


def test_answers_without_validators_and_errors_are_sent():
    page = Response(200, b"page")
    missing = with_validators(Response(404, b"gone"), MODIFIED)
    assert conditional(page, asked(If_None_Match="*")) is page
    assert conditional(missing, asked(If_None_Match="*")) is missing


def test_the_etag_is_weak_where_the_encoding_varies():
    page = with_validators(Response(200, b"page", headers={"Vary": "Accept-Encoding"}), MODIFIED)
    assert page.headers["ETag"].startswith('W/"')
    assert conditional(page, asked(If_None_Match=page.headers["ETag"])).status == 304
