"""Files in S3: against moto in this process, and against Swift, a real server."""

from __future__ import annotations

import resource
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from moto import mock_aws

from loket.connectors.opslag.s3 import PART, S3, Account
from loket.grammar.files import Unavailable
from tests.connectors.real.swift import swift

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1024 * 1024
BUCKET = "documenten"


@pytest.fixture(scope="module")
def real() -> Iterator[Account]:
    with swift() as account:
        yield account


@pytest.fixture
def mocked() -> Iterator[Account]:
    with mock_aws():
        account = Account(f"s3://{BUCKET}", "key", "secret")
        account.client().create_bucket(Bucket=BUCKET)
        yield account


@pytest.fixture(params=["mocked", "real"])
def kept(request: pytest.FixtureRequest) -> Iterator[S3]:
    account: Account = request.getfixturevalue(request.param)
    client = account.client()
    one = S3(client, account.bucket, "gemeente/")
    S3(client, account.bucket, "gemeente-elders/").put("a/z", [b"van een ander"])
    yield one
    for each in one.keys(""):
        one.remove(each.key)


def big(size: int) -> Iterator[bytes]:
    """Yield bytes that tell where they stood."""
    for start in range(0, size, MIB):
        yield (start.to_bytes(8, "big") * (MIB // 8))[: size - start]


def test_what_was_put_can_be_read_whole_and_in_parts(kept: S3) -> None:
    assert kept.put("a/b", [b"Geachte ", b"", b"gemeente"]) == 16
    assert b"".join(kept.read("a/b")) == b"Geachte gemeente"
    assert b"".join(kept.read("a/b", 8)) == b"gemeente"
    assert b"".join(kept.read("a/b", 2, 7)) == b"achte"
    assert b"".join(kept.read("a/b", 8, 8)) == b""
    assert b"".join(kept.read("a/b", 99)) == b""
    kept.put("a/b", [b"nieuw"])
    assert b"".join(kept.read("a/b")) == b"nieuw"


def test_an_empty_file_is_a_file(kept: S3) -> None:
    assert kept.put("a/leeg", []) == 0
    assert b"".join(kept.read("a/leeg")) == b""
    assert [each.size for each in kept.keys("a/leeg")] == [0]


@pytest.mark.parametrize("size", [PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 5])
def test_large_files_go_in_parts_and_come_back_whole(kept: S3, size: int) -> None:
    assert kept.put("a/groot", big(size)) == size
    assert [each.size for each in kept.keys("")] == [size]
    assert b"".join(kept.read("a/groot")) == b"".join(big(size))
    assert (
        b"".join(kept.read("a/groot", PART - 9, PART + 9))
        == b"".join(big(size))[PART - 9 : PART + 9]
    )


def test_what_is_not_there_is_not_found(kept: S3) -> None:
    for key in ("a/b", "../gemeente-elders/a/z", "A", ""):
        with pytest.raises(KeyError):
            kept.read(key)
    with pytest.raises(KeyError):
        kept.read("a/b", 5, 5)
    for prefix in ("", "../"):
        with pytest.raises(KeyError):
            kept.remove(prefix)


def test_keys_come_in_order_and_only_ours(kept: S3) -> None:
    keys = ["a-c", "a/b", "a/b-c", "a/c", "aa/a", "b", "a0"]
    for number, key in enumerate(keys):
        kept.put(key, [b"x" * number])
    found = list(kept.keys())
    assert [each.key for each in found] == sorted(keys)
    assert {each.key: each.size for each in found} == {key: n for n, key in enumerate(keys)}
    assert all(abs(datetime.now(UTC) - each.moment) < timedelta(minutes=5) for each in found)
    assert [each.key for each in kept.keys("a/b")] == ["a/b", "a/b-c"]
    assert kept.remove("a/") == 3
    assert kept.remove("a/") == 0
    assert [each.key for each in kept.keys("")] == sorted(set(keys) - {"a/b", "a/b-c", "a/c"})


@pytest.mark.parametrize("after", [1, 3 * PART])
def test_a_source_that_breaks_off_leaves_nothing(kept: S3, after: int) -> None:
    def broken() -> Iterator[bytes]:
        yield from big(after)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        kept.put("a/b", broken())
    assert list(kept.keys()) == []
    uploads = kept.client.list_multipart_uploads(Bucket=kept.bucket, Prefix=kept.above)
    assert not uploads.get("Uploads")


def test_parts_left_by_a_kill_can_be_swept(kept: S3) -> None:
    kept.client.create_multipart_upload(Bucket=kept.bucket, Key="gemeente/a/b")
    now = datetime.now(UTC)
    assert kept.sweep(datetime(2001, 1, 1, tzinfo=UTC)) == 0
    assert kept.sweep(now + timedelta(hours=1)) == 1
    assert kept.sweep(now + timedelta(hours=1)) == 0


def test_a_bucket_that_is_missing_is_unavailable(kept: S3) -> None:
    kept.check()
    _is_away(replace(kept, bucket="nergens"))


def test_a_wrong_key_is_unavailable(real: Account) -> None:
    wrong = replace(real, secret_key="anders")
    _is_away(S3(wrong.client(), wrong.bucket, "gemeente/"))


def test_a_store_that_is_away_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening
        _is_away(_at(taken.getsockname()[1]))


def test_a_store_that_never_answers_is_unavailable_in_time() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        with pytest.raises(Unavailable):
            _at(silent.getsockname()[1]).put("a/b", [b"x"])
        assert time.monotonic() - began < 5


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """Give every request the same answer, and go away."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def serve() -> None:
            try:
                while True:
                    taken, _ = listening.accept()
                    with taken:
                        taken.recv(65536)
                        taken.sendall(answer)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_store_that_answers_garbage_is_unavailable() -> None:
    with answering(b"HTTP/1.1 500 Oops\r\nContent-Length: 3\r\n\r\n<?x") as port:
        _is_away(_at(port))


def test_a_download_that_breaks_off_is_told() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf") as port:
        reading = _at(port).read("a/b")
        with pytest.raises(Unavailable):
            b"".join(reading)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("s3://", "k"),
        ("https://bucket", "k"),
        ("s3://bucket?endpoin=x", "k"),
        ("s3://bucket", ""),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(url: str, key: str) -> None:
    with pytest.raises(ValueError, match=r"S3|s3"):
        Account(url, key, "secret")


def test_the_secret_is_not_shown() -> None:
    assert "geheim" not in repr(Account("s3://bucket", "key", "geheim"))


def test_memory_stays_flat(real: Account) -> None:
    kept = S3(real.client(), real.bucket, "gemeente/")
    kept.put("a/warm", big(2 * PART))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = kept.put("a/groot", (bytes(MIB) for _ in range(200)))
    assert sum(len(piece) for piece in kept.read("a/groot")) == size == 200 * MIB
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024
    kept.remove("a/")


def _at(port: int) -> S3:
    account = Account(
        f"s3://{BUCKET}?endpoint=http://127.0.0.1:{port}",
        "key", "secret", connect_timeout=0.3, read_timeout=0.3,
    )  # fmt: skip
    return S3(account.client(), account.bucket, "gemeente/")


def _is_away(kept: S3) -> None:
    with pytest.raises(Unavailable):
        kept.put("a/b", [b"x"])
    with pytest.raises(Unavailable):
        kept.put("a/b", big(2 * PART))
    with pytest.raises(Unavailable):
        kept.read("a/b")
    with pytest.raises(Unavailable):
        list(kept.keys())
    with pytest.raises(Unavailable):
        kept.remove("a/")
    with pytest.raises(Unavailable):
        kept.check()
