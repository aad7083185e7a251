"""Files in a store that speaks S3: each tenant below a prefix of its own in one bucket."""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from loket.connectors.opslag import names
from loket.grammar.files import Kept, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, GetObjectRequestTypeDef

log = logging.getLogger(__name__)

PART = 8 * 1024 * 1024
"""What is sent at a time, and so what a file costs in memory; 10,000 of them make 78 GiB."""
PIECE = 256 * 1024

_AWAY = "De opslag van bestanden is nu niet bereikbaar."
_BEYOND_THE_END = "InvalidRange"


@dataclass(frozen=True)
class Account:
    """A bucket as `s3://bucket?endpoint=…&region=…`, and the keys that open it."""

    url: str
    access_key: str
    secret_key: str = field(repr=False)
    connect_timeout: float = 3.0
    read_timeout: float = 20.0
    attempts: int = 2

    def __post_init__(self) -> None:
        """Refuse settings that cannot work, at the start instead of at the first file."""
        parts = urlsplit(self.url)
        options = dict(parse_qsl(parts.query))
        if parts.scheme != "s3" or not self.bucket or options.keys() - {"endpoint", "region"}:
            raise ValueError(f"{self.url!r} is not s3://bucket?endpoint=…&region=….")
        if not (self.access_key and self.secret_key):
            raise ValueError("Storage in S3 needs both an access key and a secret key.")

    @property
    def bucket(self) -> str:
        """The name of the bucket."""
        return urlsplit(self.url).netloc

    def client(self) -> S3Client:
        """Make a client; it may be shared between threads, and keeps its connections."""
        options = dict(parse_qsl(urlsplit(self.url).query))
        endpoint = options.get("endpoint")
        config = Config(
            connect_timeout=self.connect_timeout,
            read_timeout=self.read_timeout,
            retries={"total_max_attempts": self.attempts, "mode": "standard"},
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint else "auto"},
            # Other servers than Amazon's do not know its newest checksums; the signature covers
            # the content where there is no TLS to do so.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            max_pool_connections=16,
        )
        return boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name=options.get("region", "us-east-1"),
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=config,
        )


@dataclass(frozen=True)
class S3:
    """What one tenant keeps in a bucket: all keys below `above`, such as `gemeente/`."""

    client: S3Client
    bucket: str
    above: str

    def put(self, key: str, chunks: Iterable[bytes]) -> int:
        """Send a small file at once and a large one in parts; it shows when all are there."""
        target = self.above + names.key(key)
        parts = _parts(chunks)
        first = next(parts, b"")
        second = next(parts, None)
        if second is None:
            with _told():
                self.client.put_object(Bucket=self.bucket, Key=target, Body=first)
            return len(first)
        with _told():
            begun = self.client.create_multipart_upload(Bucket=self.bucket, Key=target)
        try:
            return self._put_parts(target, begun["UploadId"], [first, second], parts)
        except BaseException:
            self._abort(target, begun["UploadId"])
            raise

    def _put_parts(
        self, target: str, upload: str, begin: list[bytes], parts: Iterator[bytes]
    ) -> int:
        sent: list[CompletedPartTypeDef] = []
        size = 0
        while piece := begin.pop(0) if begin else next(parts, b""):
            with _told():
                told = self.client.upload_part(
                    Bucket=self.bucket,
                    Key=target,
                    UploadId=upload,
                    PartNumber=len(sent) + 1,
                    Body=piece,
                )
            sent.append({"PartNumber": len(sent) + 1, "ETag": told["ETag"]})
            size += len(piece)
        with _told():
            self.client.complete_multipart_upload(
                Bucket=self.bucket, Key=target, UploadId=upload, MultipartUpload={"Parts": sent}
            )
        return size

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Ask for the file now, so that the caller hears at once when it is not there."""
        wanted: GetObjectRequestTypeDef = {
            "Bucket": self.bucket,
            "Key": self.above + names.key(key),
        }
        nothing = end is not None and end <= start
        if nothing or start or end is not None:
            last = "" if nothing or end is None else str(end - 1)
            wanted["Range"] = f"bytes={start}-{last}"
        try:
            with _told("NoSuchKey", _BEYOND_THE_END):
                body = self.client.get_object(**wanted)["Body"]
        except ClientError as problem:
            if _code(problem) == _BEYOND_THE_END:
                return iter(())
            raise KeyError(key) from None
        if nothing:
            body.close()
            return iter(())
        pieces = _pieces(body)
        next(pieces)
        return pieces

    def remove(self, prefix: str) -> int:
        """Remove one by one: not every server takes a list the way Amazon's does."""
        removed = 0
        for kept in self.keys(names.telling_prefix(prefix)):
            with _told():
                self.client.delete_object(Bucket=self.bucket, Key=self.above + kept.key)
            removed += 1
        return removed

    def keys(self, prefix: str = "") -> Iterator[Kept]:
        """Ask for the list in pages."""
        wanted = self.above + names.prefix(prefix)
        with _told():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=wanted
            )
        turning = iter(pages)
        while True:
            with _told():
                page = next(turning, None)
            if page is None:
                return
            for found in page.get("Contents", []):
                key = found["Key"].removeprefix(self.above)
                yield Kept(key, found["Size"], found["LastModified"])

    def sweep(self, before: datetime) -> int:
        """Forget what was sent before a moment of files that never came whole."""
        swept = 0
        with _told():
            pages = self.client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self.bucket, Prefix=self.above
            )
            for page in pages:
                for upload in page.get("Uploads", []):
                    if upload["Initiated"] < before:
                        self._abort(upload["Key"], upload["UploadId"])
                        swept += 1
        return swept

    def check(self) -> None:
        """See that the bucket is there; Unavailable."""
        with _told():
            self.client.head_bucket(Bucket=self.bucket)

    def _abort(self, target: str, upload: str) -> None:
        with suppress(BotoCoreError, ClientError):  # what stays behind is swept later
            self.client.abort_multipart_upload(Bucket=self.bucket, Key=target, UploadId=upload)


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Gather chunks to parts of one size; the last may be smaller."""
    gathered = bytearray()
    for chunk in chunks:
        left = memoryview(chunk)
        while left:
            room = PART - len(gathered)
            gathered += left[:room]
            left = left[room:]
            if len(gathered) == PART:
                yield bytes(gathered)
                gathered.clear()
    if gathered:
        yield bytes(gathered)


def _pieces(body: StreamingBody) -> Iterator[bytes]:
    """Yield nothing at first, so that the body is closed also when nobody reads it."""
    try:
        yield b""
        while True:
            with _told():
                piece = body.read(PIECE)
            if not piece:
                return
            yield piece
    finally:
        body.close()


def _code(problem: ClientError) -> str:
    return problem.response.get("Error", {}).get("Code", "")


@contextmanager
def _told(*expected: str) -> Iterator[None]:
    """Turn what goes wrong with the store into Unavailable, but for the codes expected."""
    try:
        yield
    except ClientError as problem:
        if _code(problem) in expected:
            raise
        log.error("the storage in S3 refuses: %s", problem)  # noqa: TRY400 - a neighbour, no bug
        raise Unavailable(_AWAY) from problem
    except (BotoCoreError, OSError) as problem:
        log.error("the storage in S3 is away: %s", problem)  # noqa: TRY400 - a neighbour, no bug
        raise Unavailable(_AWAY) from problem
