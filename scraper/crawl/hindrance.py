"""Recognise a 200 that is not what was asked for: a CAPTCHA, a log-in form, a blocking notice."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WINDOW = 200_000
SMALL = 60_000
CAPTCHA = re.compile(
    rb"g-recaptcha|hcaptcha\.com|h-captcha|cf-chl-|challenge-platform|cf-turnstile|"
    rb"/captcha[./?\"']|name=[\"']captcha|DDoS protection by|__jsl_clearance|"
    rb"Checking your browser|xac (?:minh|thuc) .{0,40}(?:robot|nguoi that)",
    re.I,
)
PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password", re.I)
ARTICLE_MARKS = re.compile(rb"<article\b|itemprop=[\"']articleBody|itemprop=[\"']headline", re.I)
LOGIN_PATH = re.compile(r"/(?:_layouts/\d*/?)?(?:login|signin|dang-nhap|authenticate)\b", re.I)
LOGIN_WORDS = re.compile(
    "(?:<title>|<h1[^>]*>)[^<]{0,60}(?:[đĐ]ăng nhập|ĐĂNG NHẬP|log ?in|sign ?in)", re.I
)


def hindrance(body: bytes, url: str) -> str | None:
    """Say what stands in the way of the page, as words for people, or ``None``.

    A portal may have a search or log-in box, or a comment form with a CAPTCHA, on every page: such
    a mark counts only on a small page, or one that is about nothing else.
    """
    text = body[:WINDOW]
    small = len(body) < SMALL and not ARTICLE_MARKS.search(text)
    if small and CAPTCHA.search(text) and _little_text(text):
        return "the server asks for a CAPTCHA instead of showing the page"
    words = text.decode("utf-8", "replace")
    login = LOGIN_WORDS.search(words) or LOGIN_PATH.search(urlsplit(url).path)
    if small and login and PASSWORD.search(text):
        return "the server shows a log-in form instead of the page"
    return None


def _little_text(body: bytes) -> bool:
    bare = re.sub(rb"(?s)<(script|style)\b.*?</\1\s*>|<[^>]*>", b" ", body)
    return len(b" ".join(bare.split())) < 1500
