from __future__ import annotations

import gzip
import io
import zlib

import brotli
import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawl.decode import DecodeError, decode_body


def zstd(data: bytes) -> bytes:
    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(data)
    writer.close()
    return out.getvalue()


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data),
    "zstd": zstd,
}


@pytest.mark.parametrize("coding", CODINGS)
@given(data=st.binary(min_size=1, max_size=2000))
def test_what_was_coded_comes_back(coding: str, data: bytes) -> None:
    assert decode_body(CODINGS[coding](data), coding, 10_000) == data


@given(data=st.binary(max_size=500), coding=st.sampled_from([*CODINGS, "x", "gzip, br", ""]))
def test_any_bytes_give_a_body_or_a_clear_error(data: bytes, coding: str) -> None:
    try:
        assert len(decode_body(data, coding, 10_000)) <= 10_000
    except DecodeError as error:
        assert str(error)


def test_several_codings_are_undone_in_order() -> None:
    assert decode_body(gzip.compress(zlib.compress(b"tin")), "deflate, gzip", 99) == b"tin"


def test_bare_deflate_and_several_gzip_members() -> None:
    squeeze = zlib.compressobj(wbits=-15)
    assert decode_body(squeeze.compress(b"tin") + squeeze.flush(), "deflate", 99) == b"tin"
    assert decode_body(gzip.compress(b"tin ") + gzip.compress(b"tuc"), "gzip", 99) == b"tin tuc"
    assert decode_body(gzip.compress(b"tin") + b"\0\0trailing", "gzip", 99) == b"tin"


@pytest.mark.parametrize("coding", CODINGS)
def test_a_bomb_is_stopped_at_the_limit(coding: str) -> None:
    with pytest.raises(DecodeError, match="more than 1000"):
        decode_body(CODINGS[coding](b"0" * 5_000_000), coding, 1000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_cut_body_is_an_error(coding: str) -> None:
    body = CODINGS[coding](bytes(range(256)) * 20)
    with pytest.raises(DecodeError):
        decode_body(body[: len(body) // 2], coding, 10**6)
