"""Where the files of a tenant are kept: on a disk, or in a store that speaks S3."""

from loket.connectors.opslag.disk import LocalDisk

__all__ = ["LocalDisk"]
