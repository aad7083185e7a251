"""OpenStack Swift with its s3api in one process: run by Debian's Python, which has Swift.

`/usr/bin/python3 swift_server.py FOLDER` keeps all below FOLDER, whose file system must know
extended attributes, says on a line of JSON where it is, and serves until its input ends.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi
from swift.common import utils

FOLDER = Path(sys.argv[1])
HOST = "127.0.0.1"
SERVERS = ("account", "container", "object")

(FOLDER / "swift.conf").write_text(
    "[swift-hash]\nswift_hash_path_suffix = loket\nswift_hash_path_prefix = loket\n"
    "[storage-policy:0]\nname = gold\ndefault = yes\n"
)
utils.set_swift_dir(str(FOLDER))

from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp

STORAGE = """
[DEFAULT]
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
fallocate_reserve = 0
[pipeline:main]
pipeline = {server}-server
[app:{server}-server]
use = egg:swift#{server}
"""
PROXY = """
[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth bulk slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:9
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
s3_acl = no
check_bucket_owner = no
[filter:tempauth]
use = egg:swift#tempauth
user_loket_tester = geheim .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""


def serve(listening: eventlet.greenio.GreenSocket, conf: Path) -> None:
    """Answer at a socket as a configuration says."""
    quiet = logging.getLogger("wsgi")
    quiet.setLevel(logging.CRITICAL)
    eventlet.spawn(wsgi.server, listening, loadapp(str(conf)), quiet, debug=False)


def storage(server: str) -> None:
    """Start one of the three servers that keep things, and say in a ring where it is."""
    listening = eventlet.listen((HOST, 0))
    builder = RingBuilder(1, 1, 0)
    builder.add_dev(
        {
            "id": 0, "region": 1, "zone": 1, "weight": 1.0, "device": "disk", "meta": "",
            "ip": HOST, "port": listening.getsockname()[1],
            "replication_ip": HOST, "replication_port": listening.getsockname()[1],
        }
    )  # fmt: skip
    builder.rebalance()
    builder.get_ring().save(str(FOLDER / f"{server}.ring.gz"))
    conf = FOLDER / f"{server}.conf"
    conf.write_text(STORAGE.format(folder=FOLDER, server=server))
    serve(listening, conf)


def main() -> None:
    """Start all, say where, and wait for the end."""
    (FOLDER / "devices" / "disk").mkdir(parents=True)
    for server in SERVERS:
        storage(server)
    listening = eventlet.listen((HOST, 0))
    conf = FOLDER / "proxy.conf"
    conf.write_text(PROXY.format(folder=FOLDER))
    serve(listening, conf)
    said = {"url": f"http://{HOST}:{listening.getsockname()[1]}"}
    print(json.dumps(said), flush=True)  # noqa: T201 - the test reads it
    eventlet.tpool.execute(sys.stdin.read)


main()
