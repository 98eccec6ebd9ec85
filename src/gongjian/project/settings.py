"""Settings, read from the environment; every name begins with GONGJIAN_.

Two modes: ``demonstration`` (default: embedded, a made-up district, 31 October 2020) and ``production``
(a secret key and the allowed hosts must be given; nothing is invented).
"""

import os
from datetime import date
from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.refusal import Refusal
from gongjian.project.incoming import megabytes, scanner_command
from gongjian.project.outgoing import couriers_in_use, mail_server, office_hours, robot_address, sender
from gongjian.ui.tiles import TileSource, read_tiles

django_stubs_ext.monkeypatch()


def _own_secret(home: Path) -> str:
    """A random key of this installation, made once and readable by its owner only."""
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _required(name: str) -> str:
    if value := os.environ.get(name):
        return value
    msg = f"正式运行须先设置环境变量 {name}（见 README“正式部署”）。"
    raise ImproperlyConfigured(msg)


def _tiles(setting: str) -> TileSource:
    try:
        return read_tiles(setting)
    except Refusal as refusal:
        raise ImproperlyConfigured(str(refusal)) from None  # the setting may hold a key: nothing of it goes on


MODE = os.environ.get("GONGJIAN_MODE", "demonstration")
DEMONSTRATION = MODE == "demonstration"
HOME = Path(os.environ.get("GONGJIAN_HOME", "var")).resolve()
DEBUG = os.environ.get("GONGJIAN_DEBUG") == "1"

SECRET_KEY = os.environ.get("GONGJIAN_SECRET_KEY") or (_own_secret(HOME) if DEMONSTRATION else _required("GONGJIAN_SECRET_KEY"))
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if DEMONSTRATION else [host.strip() for host in _required("GONGJIAN_HOSTS").split(",")]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GONGJIAN_ORIGINS", "").split(",") if origin]

# The district's own settings
GONGJIAN_DEMONSTRATION_DAY = date(2020, 10, 31) if DEMONSTRATION else None  # the day a demonstration lives on
GONGJIAN_OPEN_TO_VISITORS = os.environ.get("GONGJIAN_OPEN_TO_VISITORS", "1" if DEMONSTRATION else "0") == "1"
GONGJIAN_TILES = _tiles(os.environ.get("GONGJIAN_TILES", ""))  # pictures under the map; none: it asks no other host
GONGJIAN_OUTLINE = os.environ.get("GONGJIAN_OUTLINE", "")  # the district's outline as GeoJSON; none: the sketch that is built in
GONGJIAN_QUEUE = os.environ.get("GONGJIAN_QUEUE") == "1"  # the timetable's process runs beside: ``gongjian run`` says so
GONGJIAN_SITE = os.environ.get("GONGJIAN_SITE", f"https://{ALLOWED_HOSTS[0]}" if not DEMONSTRATION else "http://127.0.0.1:8000").rstrip("/")
GONGJIAN_FIELD_DAYS = int(os.environ.get("GONGJIAN_FIELD_DAYS", "7"))  # how far back a phone's own time is believed
GONGJIAN_UPLOADS = HOME / "uploads"  # outside the web root: nothing here is ever served by path
GONGJIAN_ARCHIVE = Path(os.environ.get("GONGJIAN_ARCHIVE") or HOME / "archive").resolve()  # months of uploads as Parquet files
GONGJIAN_LARGEST_FILE = megabytes(os.environ.get("GONGJIAN_LARGEST_FILE", "20"))  # bytes of one uploaded file
GONGJIAN_REPORTING = os.environ.get("GONGJIAN_REPORTING", "")  # when people are reminded of reports; none: the table that is built in
GONGJIAN_REMOTE = os.environ.get("GONGJIAN_REMOTE", "")  # by what remote data of vehicles are looked at; none: the table that is built in
GONGJIAN_SCANNER = scanner_command(os.environ.get("GONGJIAN_SCANNER", ""))  # looks each of them through for viruses

# Telling people (消息): the inbox always, the rest where it is given
GONGJIAN_EMAIL_URL = os.environ.get("GONGJIAN_EMAIL_URL", "")
GONGJIAN_WECOM_URL = robot_address("GONGJIAN_WECOM_URL", os.environ.get("GONGJIAN_WECOM_URL", ""))
GONGJIAN_DINGTALK_URL = robot_address("GONGJIAN_DINGTALK_URL", os.environ.get("GONGJIAN_DINGTALK_URL", ""))
GONGJIAN_DINGTALK_SECRET = os.environ.get("GONGJIAN_DINGTALK_SECRET", "")
GONGJIAN_OFFICE_HOURS = office_hours(os.environ.get("GONGJIAN_OFFICE_HOURS", "08:00-20:00"))
GONGJIAN_COURIERS = couriers_in_use(
    email=GONGJIAN_EMAIL_URL,
    wecom=GONGJIAN_WECOM_URL,
    dingtalk=GONGJIAN_DINGTALK_URL,
    console=os.environ.get("GONGJIAN_CONSOLE", "1" if DEMONSTRATION else "0") == "1",
)
MAIL = mail_server(GONGJIAN_EMAIL_URL)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL.backend, MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.ssl, MAIL.starttls
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = sender(GONGJIAN_EMAIL_URL, os.environ.get("GONGJIAN_EMAIL_FROM", ""))

INSTALLED_APPS = [
    "gongjian.ui",  # first: the pages of sign-in and of the back room are ours
    "gongjian.project.apps.BackRoomConfig",  # django.contrib.admin under our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_cotton",
    "django_htmx",
    "gongjian.trail",
    "gongjian.people",
    "gongjian.notices",
    "gongjian.ledgers",
    "gongjian.telemetry",
    "gongjian.cases",
    "gongjian.alarms",
    "gongjian.indicators",
    "gongjian.inspections",
    "gongjian.air",
    "gongjian.mobile",
    "gongjian.plans",
    "gongjian.supervision",
    "gongjian.assessment",
    "gongjian.fieldwork",
    "gongjian.live",
    "gongjian.web",
    "gongjian.gateway",
    "gongjian.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongjian.project.errors.SpeakPlainly",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongjian.project.urls"
WSGI_APPLICATION = "gongjian.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongjian.project.navigation.frame",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(os.environ.get("GONGJIAN_DATABASE_URL", f"sqlite:///{HOME / 'gongjian.sqlite3'}"), conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN instead of failing half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked-out person is turned away before a password is looked at
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "web:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "gongjian.project.accounts.ClosedAdapter"  # accounts are given by the administrator, never taken
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# no limit by account name alone: axes locks by name and address together, so that a stranger cannot keep an officer out
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip", "change_password": "5/m/user"}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger cannot lock an officer out of every machine
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": GONGJIAN_UPLOADS}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 3600  # seconds
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *GONGJIAN_TILES.origins],  # the icons Bootstrap's own style sheet carries; the map's pictures
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a long working day
CSRF_FAILURE_VIEW = "gongjian.project.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEMONSTRATION and os.environ.get("GONGJIAN_PLAIN_HTTP") != "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gongjian": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # HSTS for the domain above this site is not this site's to decide
if os.environ.get("GONGJIAN_PLAIN_HTTP") == "1":
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]
