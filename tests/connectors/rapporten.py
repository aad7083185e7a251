"""Reports of mail servers, in the forms in which they come."""

from __future__ import annotations

MAIL = """\
From: Gemeente Duinrade <post@duinrade.example>
To: fenna@voorbeeld.nl
Subject: Er is nieuws over uw zaak
Message-ID: <1@loket>
"""


def report(to: str, action: str = "failed", status: str = "5.1.1", *, more: str = "") -> bytes:
    """Return a report as Postfix makes it, on a mail with `to` as its envelope sender."""
    return f"""\
Return-Path: <>
Date: Wed,  4 Mar 2026 12:30:05 +0100 (CET)
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4B2F1.1772623805/mx.example"
Message-Id: <20260304113005.4B2F1@mx.example>

This is a MIME-encapsulated message.

--4B2F1.1772623805/mx.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

Deze tekst is voor mensen.

--4B2F1.1772623805/mx.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
X-Postfix-Queue-ID: 4B2F1
Arrival-Date: Wed,  4 Mar 2026 12:30:01 +0100 (CET)

Final-Recipient: rfc822; fenna@voorbeeld.nl
Original-Recipient: rfc822;fenna@voorbeeld.nl
Action: {action}
Status: {status}
Remote-MTA: dns; mail.voorbeeld.nl
Diagnostic-Code: smtp; 550 {status} <fenna@voorbeeld.nl>: Recipient address
    rejected: User unknown in virtual mailbox table
{more}
--4B2F1.1772623805/mx.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{MAIL}
--4B2F1.1772623805/mx.example--
""".replace("\n", "\r\n").encode()


def vacation(to: str) -> bytes:
    """Return what a machine answers for somebody who is away."""
    return (
        f"From: fenna@voorbeeld.nl\r\nTo: {to}\r\nSubject: Ik ben er niet\r\n"
        "Auto-Submitted: auto-replied\r\n\r\nTot later.\r\n"
    ).encode()


def letter(to: str) -> bytes:
    """Return what a person answers."""
    return (
        f"From: fenna@voorbeeld.nl\r\nTo: {to}\r\nSubject: Vraag\r\n\r\nHoe zit dit?\r\n".encode()
    )
