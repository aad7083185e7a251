"""The mail sink as a process: what it keeps, what it shows, how it fails."""

from __future__ import annotations

import signal
import smtplib
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from loket.simulators.mailsink.failure import Failure, Luck, Mode
from loket.simulators.mailsink.mailbox import Mailbox
from loket.simulators.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

FREE_PORTS = ("--smtp-port=0", "--http-port=0")


def mail(subject: str, text: str = "Dag.", html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "post@example.nl", "jelle@example.nl"
    message["Subject"] = subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def deliver(said: dict[str, Any], message: EmailMessage, *to: str) -> None:
    with smtplib.SMTP("127.0.0.1", said["smtp_port"], local_hostname="test") as session:
        session.send_message(message, to_addrs=to or None)


def subjects(said: dict[str, Any]) -> list[str]:
    return [mail["subject"] for mail in httpx.get(f"{said['url']}api/messages").json()]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("postbus")
    with running("mailsink", *FREE_PORTS, f"--dir={folder}") as mailsink:
        yield mailsink.said


@pytest.fixture
def said(process: dict[str, Any]) -> dict[str, Any]:
    httpx.delete(f"{process['url']}api/messages").raise_for_status()
    return process


def test_mails_survive_a_kill(tmp_path: Path) -> None:
    with running("mailsink", *FREE_PORTS, f"--dir={tmp_path}") as mailsink:
        deliver(mailsink.said, mail("Bewaard"))
        mailsink.process.send_signal(signal.SIGKILL)
        mailsink.process.wait()
    (tmp_path / "half.part").write_bytes(b"Subject: half")
    options = ("--fail-rate=1", "--fail-mode=permanent")
    with running("mailsink", *FREE_PORTS, f"--dir={tmp_path}", *options) as mailsink:
        assert subjects(mailsink.said) == ["Bewaard"]
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            deliver(mailsink.said, mail("Geweigerd"))
        assert [path.suffix for path in tmp_path.iterdir()] == [".eml"]
        mailsink.process.terminate()
        assert mailsink.process.wait(5) == 0


def test_it_listens_on_the_loopback_only(said: dict[str, Any]) -> None:
    rows = [
        line.split()
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]
    ]
    ports = {f"{said[name]:04X}" for name in ("smtp_port", "http_port")}
    listening = [row[1].split(":") for row in rows if row[3] == "0A"]
    assert {host for host, port in listening if port in ports} == {"0100007F"}


def test_a_page_elsewhere_cannot_reach_it_under_a_name_of_its_own(said: dict[str, Any]) -> None:
    assert httpx.get(said["url"], headers={"Host": "kwaad.example"}).status_code == 400
    assert httpx.get(said["url"], headers={"Host": "postbus.localhost"}).status_code == 200


def test_the_list_shows_the_newest_first_and_leads_to_the_mail(said: dict[str, Any]) -> None:
    for subject in ("Eerste", "Tweede"):
        deliver(said, mail(subject, "Kijk op https://example.nl/mijn?a=1&b=2."))
    page = httpx.get(said["url"]).text
    assert page.index("Tweede") < page.index("Eerste")
    newest = httpx.get(f"{said['url']}api/messages").json()[0]["id"]
    assert f'href="/berichten/{newest}"' in page
    detail = httpx.get(f"{said['url']}berichten/{newest}").text
    assert '<a href="https://example.nl/mijn?a=1&amp;b=2" rel="noreferrer">' in detail
    assert "jelle@example.nl" in detail
    source = httpx.get(f"{said['url']}berichten/{newest}.eml")
    assert source.headers["content-type"].startswith("message/rfc822")
    assert b"Subject: Tweede" in source.content


def test_a_long_list_is_cut_in_pages(said: dict[str, Any]) -> None:
    for number in range(51):
        deliver(said, mail(f"Bericht {number}."))
    first, second = httpx.get(said["url"]).text, httpx.get(f"{said['url']}?pagina=2").text
    assert "Bericht 50." in first
    assert "Bericht 0." not in first
    assert "Bericht 0." in second
    assert 'href="/?pagina=2"' in first
    assert httpx.get(f"{said['url']}?pagina=9").status_code == 200
    assert httpx.get(f"{said['url']}?pagina=-1").status_code == 200


def test_the_api_finds_by_recipient_on_the_envelope(said: dict[str, Any]) -> None:
    deliver(said, mail("Twee"), "a@example.nl", "b@example.nl")
    deliver(said, mail("Een"), "a@example.nl")
    found = httpx.get(f"{said['url']}api/messages", params={"to": "b@example.nl"}).json()
    assert [(one["subject"], one["recipients"]) for one in found] == [
        ("Twee", ["a@example.nl", "b@example.nl"])
    ]


def test_what_is_thrown_away_is_gone(said: dict[str, Any]) -> None:
    deliver(said, mail("Weg"))
    (gone,) = httpx.get(f"{said['url']}api/messages").json()
    assert httpx.delete(f"{said['url']}api/messages").json() == {"removed": 1}
    assert subjects(said) == []
    assert httpx.get(f"{said['url']}berichten/{gone['id']}").status_code == 404


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "x", "20260101T000000000000-00000000"])
def test_what_was_never_there_is_not_found(said: dict[str, Any], name: str) -> None:
    reply = httpx.get(f"{said['url']}berichten/{name}")
    assert reply.status_code == 404
    assert httpx.get(f"{said['url']}berichten/{name}.eml").status_code == 404


def test_a_name_cannot_point_outside_the_folder(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "postbus")
    (tmp_path / "geheim.eml").write_bytes(b"Subject: Geheim")
    assert mailbox.find("../geheim") is None


def test_every_page_allows_nothing_from_elsewhere(said: dict[str, Any]) -> None:
    for path in ("", "berichten/weg", "api/messages", "static/simulator.css"):
        policy = httpx.get(said["url"] + path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; ")
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "body",
    [
        {"mode": "anders"},
        {},
        [],
        "drop",
        {"mode": "drop", "rate": 2},
        {"mode": "drop", "rate": True},
        {"mode": "drop", "times": -1},
        {"mode": "drop", "times": 1.5},
        {"mode": "drop", "soms": 1},
    ],
)
def test_a_failure_that_means_nothing_is_refused(said: dict[str, Any], body: object) -> None:
    before = httpx.get(f"{said['url']}api/failure").json()
    reply = httpx.put(f"{said['url']}api/failure", json=body)
    assert reply.status_code == 400
    assert reply.json()["error"]
    assert httpx.get(f"{said['url']}api/failure").json() == before


def test_failing_counts_down_and_keeps_to_its_share() -> None:
    luck = Luck(Failure(Mode.DROP, times=2))
    assert [luck.strikes(Mode.DROP) for _ in range(3)] == [Mode.DROP, Mode.DROP, None]
    luck.set(Failure(Mode.DROP, rate=0))
    assert luck.strikes(Mode.DROP) is None
    luck.set(Failure(Mode.DROP, rate=0.5))
    struck = sum(luck.strikes(Mode.DROP) is not None for _ in range(1000))
    assert 350 < struck < 650
    assert luck.strikes(Mode.TEMPORARY) is None


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"geen kopregels",
        b"Subject: =?bestaat-niet?q?x?=\r\n\r\nDag",
        b"Subject: =?utf-8?b?%%%?=\r\nTo: <\r\n\r\nDag",
        b"Content-Type: text/plain; charset=bestaat-niet\r\n\r\nD\xe9g",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhalf",
        b"Subject: \xff\xfe\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
    ],
)
def test_a_badly_made_mail_is_kept_and_shown(
    said: dict[str, Any], tmp_path: Path, source: bytes
) -> None:
    name = Mailbox(tmp_path).keep(source, "", ["jelle@example.nl"])
    found = Mailbox(tmp_path).find(name)
    assert found is not None
    assert found.content.source.endswith(source)
    with smtplib.SMTP("127.0.0.1", said["smtp_port"], local_hostname="test") as session:
        session.sendmail("post@example.nl", "jelle@example.nl", source)
    (kept,) = httpx.get(f"{said['url']}api/messages").json()
    assert httpx.get(f"{said['url']}berichten/{kept['id']}").status_code == 200
    assert httpx.get(said["url"]).status_code == 200


def test_a_taken_port_is_told(said: dict[str, Any], tmp_path: Path) -> None:
    taken = f"--smtp-port={said['smtp_port']}"
    with (
        pytest.raises(RuntimeError, match="stopped"),
        running("mailsink", taken, "--http-port=0", f"--dir={tmp_path}"),
    ):
        pass
