"""Profiles: errors name the file and the key; platforms are recognised."""

import pytest

from scraper.sites import ProfileError, detect_platform, profiles
from scraper.sites.profile import read_profile


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("nonsense = 1", "nonsense"),
        ("[fields]\nheading = 'h1'", "fields.heading"),
        ("[fields]\ntitle = 'h1[['", "fields.title"),
        ("[fields]\ntitle = 5", "fields.title"),
        ("[addresses]\narticle = ['(']", "addresses.article"),
    ],
)
def test_errors_name_the_file_and_the_key(tmp_path, text, key):
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"wrong\.toml") as caught:
        read_profile(path)
    assert key in str(caught.value)


def test_detect_platform():
    body = b"<html><head><meta name='generator' content='NukeViet v4.5'></head><body></body></html>"
    assert detect_platform("https://a.example.vn/", body) == "nukeviet"
    assert detect_platform("https://a.example.vn/", b"<p>a</p>") is None
    assert "nukeviet" in profiles()
