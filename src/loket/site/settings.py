"""Settings of the house, from the environment; the reference docs are made from this page."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

PORT = int(os.environ.get("LOKET_PORT", "8000"))
"""The port of the web server, on 127.0.0.1; by-servers stand on the ports after it."""

DATA_DIR = Path(os.environ.get("LOKET_DATA_DIR", "var")).resolve()
"""The folder under which everything is written."""

DEMO = os.environ.get("LOKET_DEMO", "1") != "0"
"""Whether a first start loads the demo municipality; 0 gives an empty tenant."""

DATABASE_URL = os.environ.get("LOKET_DATABASE_URL", "")
"""A PostgreSQL server (16 or newer) of one's own; empty means the embedded one."""

TRUST_PROXY = os.environ.get("LOKET_TRUST_PROXY", "0") == "1"
"""Whether X-Forwarded-Host and X-Forwarded-Proto of the proxy in front are believed."""

SMTP_URL = os.environ.get("LOKET_SMTP_URL", f"smtp://127.0.0.1:{PORT + 2}")
"""The mail server: smtp://user:password@host:port, smtp+starttls:// where it speaks TLS."""

MAIL_FROM = os.environ.get("LOKET_MAIL_FROM", "Gemeente Voorbeeld <noreply@loket.example>")
"""The sender of messages to citizens."""

BOUNCE_ADDRESS = os.environ.get("LOKET_BOUNCE_ADDRESS", "")
"""Where mail comes back that a server could not deliver: `retour@post.gemeente.nl`, or `retour` at
the domain of each municipality's sender. It gets a +mark for each message; empty: to the sender."""

BOUNCE_MAILBOXES = os.environ.get("LOKET_BOUNCE_MAILBOXES", "").split()
"""The mailboxes in which it arrives, with spaces between: imaps://user:password@host/folder; none
where the mail server calls `loket output bounce`."""

PUBLIC_URL = os.environ.get("LOKET_PUBLIC_URL", f"http://127.0.0.1:{PORT}")
"""The address of the portal in messages to citizens."""

STREAM_URL = os.environ.get(
    "LOKET_STREAM_URL", "" if "LOKET_PUBLIC_URL" in os.environ else f"http://127.0.0.1:{PORT + 1}"
)
"""Where a page finds the event stream; empty: under its own address, where a proxy brings /events
to it. Without LOKET_PUBLIC_URL there is no proxy, and it is the port after the web server's."""

OIDC_ISSUER = os.environ.get("LOKET_OIDC_ISSUER", f"http://127.0.0.1:{PORT + 4}")
"""The OpenID Connect provider by which citizens log in."""

OIDC_CLIENT_ID = os.environ.get("LOKET_OIDC_CLIENT_ID", "loket")
"""Our client id at that provider."""

OIDC_CLIENT_SECRET = os.environ.get("LOKET_OIDC_CLIENT_SECRET", "loket-demo")
"""Our secret at that provider."""

OIDC_LOA = os.environ.get("LOKET_OIDC_LOA", "http://eidas.europa.eu/LoA/low")
"""The lowest level of assurance with which a citizen may log in."""

OIDC_BEDRIJF_CLIENT_ID = os.environ.get(
    "LOKET_OIDC_BEDRIJF_CLIENT_ID", "" if "LOKET_OIDC_ISSUER" in os.environ else "loket-bedrijven"
)
"""Our client id there for companies (eHerkenning), with the same secret; empty means that only
citizens log in."""

OIDC_BEDRIJF_LOA = os.environ.get(
    "LOKET_OIDC_BEDRIJF_LOA", "urn:etoegang:core:assurance-class:loa3"
)
"""The lowest level of assurance with which somebody may log in for a company."""

MIJN_AUDIENCE = os.environ.get("LOKET_MIJN_AUDIENCE", "")
"""For whom the access tokens of citizens and companies must be meant (`aud`); empty: the address of
MijnServices at the host that is called, so that one for a municipality opens no other."""

STORAGE = os.environ.get("LOKET_STORAGE", "file:")
"""Where documents are kept: file:/folder (none: in the data folder) or
s3://bucket?endpoint=https://host&region=name."""

S3_ACCESS_KEY = os.environ.get("LOKET_S3_ACCESS_KEY", "")
"""The access key of that bucket."""

S3_SECRET_KEY = os.environ.get("LOKET_S3_SECRET_KEY", "")
"""The secret key of that bucket."""

CLAMD_URL = os.environ.get("LOKET_CLAMD_URL", "")
"""The virus scanner: tcp://host:port or unix:///path of clamd; without one no file is stored."""
SELECTIELIJST_URL = os.environ.get("LOKET_SELECTIELIJST_URL", "")
"""The Selectielijst API of another, to look types up in beside our own; empty means our own."""

NOTIFYNL_URL = os.environ.get("LOKET_NOTIFYNL_URL", "")
"""The address of NotifyNL, for text messages; without one none are sent."""

NOTIFYNL_API_KEY = os.environ.get("LOKET_NOTIFYNL_API_KEY", "")
"""Our key there."""

NOTIFYNL_SMS_TEMPLATE = os.environ.get("LOKET_NOTIFYNL_SMS_TEMPLATE", "")
"""The template there that holds our text: one with the variable ((bericht)) and nothing else."""

NOTIFYNL_CALLBACK_TOKEN = os.environ.get("LOKET_NOTIFYNL_CALLBACK_TOKEN", "")
"""The token with which NotifyNL reports at /terugmeldingen/notifynl; without one nobody may."""

PRINTER = os.environ.get("LOKET_PRINTER", "")
"""Where letters are printed: ipps://host/queue, or file:/folder that a print service collects;
without one no letters are sent."""

PRINTER_USER = os.environ.get("LOKET_PRINTER_USER", "loket")
"""In whose name is printed."""

PRINTER_PASSWORD = os.environ.get("LOKET_PRINTER_PASSWORD", "")
"""The password of that user, where the queue asks for one."""

TEST_CALLBACKS = os.environ.get("LOKET_TEST_CALLBACKS", "1") == "1"
"""Whether the callback of an abonnement is tried before it is taken: 1 or 0."""

TRUSTED_URLS = os.environ.get("LOKET_TRUSTED_URLS", "").split()
"""Beginnings of addresses that may be fetched, with spaces between; `intern:` in front of one
whose name leads to the municipality's own network."""

SCAN_MOST_BYTES = int(os.environ.get("LOKET_SCAN_MOST_BYTES", "4294967296"))
"""The largest file that is taken, in bytes."""

SCAN_WINDOW = int(os.environ.get("LOKET_SCAN_WINDOW", "26214400"))
"""How many bytes clamd gets at a time: at most its StreamMaxLength, MaxFileSize and MaxScanSize."""

SCAN_TIMEOUT = float(os.environ.get("LOKET_SCAN_TIMEOUT", "60"))
"""How many seconds clamd may be silent over one window before it counts as away."""

SCAN_DEPTH = int(os.environ.get("LOKET_SCAN_DEPTH", "5"))
"""How many layers of archives a file may have; clamd's MaxRecursion must be higher."""

SCAN_EXPANSION = int(os.environ.get("LOKET_SCAN_EXPANSION", "10737418240"))
"""How many bytes may come out of the archives in a file, all layers together."""

SCAN_RATIO = int(os.environ.get("LOKET_SCAN_RATIO", "100"))
"""How many times its own size may come out of a file (64 MiB always may)."""


UPLOAD_MOST_BYTES = int(os.environ.get("LOKET_UPLOAD_MOST_BYTES", "52428800"))
"""The largest file, in bytes, that citizens and companies may send along; a tenant may say less."""

UPLOAD_FORMATS = os.environ.get(
    "LOKET_UPLOAD_FORMATS", "pdf jpg png heic tiff gif webp docx xlsx odt ods"
).split()
"""The kinds of file that a municipality may take of them, with spaces between; also: pptx, odp."""

PART_SIZE = int(os.environ.get("LOKET_PART_SIZE", str(100 * 2**20)))
"""The size in bytes of the parts (bestandsdelen) in which a large file comes in."""

IMPORT_DIR = Path(os.environ.get("LOKET_IMPORT_DIR", str(DATA_DIR / "import"))).resolve()
"""The folder with the files of a bulk import of documents."""


CERTIFICATE_DIR = Path(
    os.environ.get("LOKET_CERTIFICATE_DIR", str(DATA_DIR / "certificaten"))
).resolve()
"""The folder with, per municipality, the certificates that it shows to base registers and to
providers of SAML: `name.pem` with key and certificate, `name.ca.pem` with the roots of the other
side, `name.next.pem` with what comes next."""


METRICS_HOSTS = ("127.0.0.1", "::1", "localhost")


def _secret_key() -> str:
    """The key that signs sessions; without one, the house makes and keeps its own."""
    given = os.environ.get("LOKET_SECRET_KEY")
    if given:
        return given
    file = DATA_DIR / "secret-key"
    if not file.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as opened:  # noqa: PTH123
            opened.write(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the tenant is chosen by host; an unknown host gets nothing
INSTALLED_APPS = [
    "loket.site",  # first: its pages go before those of the admin
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "loket.ledger",
    "loket.grammar",
    "loket.registers.autorisaties",
    "loket.registers.beheer",
    "loket.registers.selectielijst",
    "loket.registers.catalogi",
    "loket.registers.documenten",
    "loket.registers.zaken",
    "loket.registers.besluiten",
    "loket.registers.klantinteracties",
    "loket.registers.notificaties",
    "loket.registers.berichten",
    "loket.registers.taken",
    "loket.registers.verzoeken",
    "loket.registers.output",
    "loket.registers.contactgegevens",
    "loket.registers.archief",
    "loket.services.afhandelen",
    "loket.services.archivering",
    "loket.services.output",
    "loket.services.mijnservices",
    "loket.services.verhuizing",
    "loket.channels.portaal",
]
MIDDLEWARE = [
    "loket.site.middleware.TenantMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "loket.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loket.channels.portaal.context.portaal",
            ],
        },
    }
]
DATABASES: dict[str, object] = {}  # one per tenant, added by loket.site.tenants
DATABASE_ROUTERS = ["loket.site.tenants.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "onderweg"  # on disk, for /tmp may be memory
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "loket.channels.portaal.opladen.Begrensd",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SESSION_COOKIE_NAME = "loket_sessie"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *([STREAM_URL] if STREAM_URL else [])],
        "form-action": ["'self'", OIDC_ISSUER],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
