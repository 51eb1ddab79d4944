"""Django's settings. What an operator may decide comes from `hub.environment`; everything else stands here."""

import os
from datetime import timedelta

from csp.constants import NONE, SELF

from hub.caches import caches_at
from hub.databases import with_options
from hub.env_file import read_into
from hub.environment import BASE_DIR, Environment
from hub.logs import logging_config

ENVIRONMENT = Environment.from_variables(read_into(os.environ))

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
SITE_URL = ENVIRONMENT.origin
ALLOWED_HOSTS = ENVIRONMENT.hosts
ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
CONTENT_VERSION = "questions.version.version"  # What ready pages are kept for.
FIGURES = "questions.figures.figures"  # What Prometheus is told of the content.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": with_options(ENVIRONMENT.database)}
CACHES = caches_at(ENVIRONMENT.cache_url)
# Models whose rows no backup keeps: `migrate` makes version and search anew, sessions end, uploads wait for a day.
MADE_ANEW = [
    "questions.contentversion",
    "questions.importfile",
    "questions.searchdocument",
    "questions.term",
    "questions.titleword",
    "questions.word",
    "sessions.session",
]
LOGGING = logging_config(ENVIRONMENT.log_format)

INSTALLED_APPS = [
    "hub.apps.HubAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "simple_history",
    "hub.apps.HubConfig",
    "questions.apps.QuestionsConfig",
]

MIDDLEWARE = [
    "hub.logs.RequestLogMiddleware",
    "hub.health.AnyHostMiddleware",
    "hub.proxies.ProxyMiddleware",
    # What every response says of its security, whoever makes it: a page, a file, a refusal, an error.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hub.headers.HeadersMiddleware",
    "hub.guard.RefusalMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.speculation.SpeculationRulesMiddleware",
    "hub.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hub.integrity.IntegrityMiddleware",  # Below what says how long a page is.
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # Asks who it is only when a revision is written.
    "hub.outage.OutageMiddleware",
    "axes.middleware.AxesMiddleware",  # The last, so that it can answer in place of the view.
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context.site",
            ],
        },
    },
]

SIMPLE_HISTORY_DATE_INDEX = False  # Revisions are asked for in the order in which they were written.

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "hub.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "images": ENVIRONMENT.image_storage,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".speculationrules": "application/speculationrules+json"}

# Accounts. README.md tells editors and operators the same rules.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
SESSION_ENGINE = "hub.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # seconds: a working day from the log-in on
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
REQUIRE_OTP = ENVIRONMENT.require_otp
PUBLISH_NEEDS = ENVIRONMENT.publish_needs  # `everything`, or an `answer` alone
OTP_TOTP_ISSUER = f"Knowledge Hub {ENVIRONMENT.site_url.hostname}"

# Log-ins that fail. The limits themselves stand in hub.accounts.lockout.
AXES_HANDLER = "hub.accounts.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "hub.accounts.lockout.client_address"
AXES_USERNAME_CALLABLE = "hub.accounts.lockout.typed_name"
AXES_LOCKOUT_CALLABLE = "hub.accounts.lockout.locked_out_page"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 1  # of hub.accounts.lockout's limits
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # Else anybody could keep others out for ever.
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_SENSITIVE_PARAMETERS = ["password", "token", "csrfmiddlewaretoken", "username", "ip_address"]
AXES_ENABLE_ADMIN = False  # hub.accounts.audit shows what it knows.
AXES_VERBOSE = False

# How long a request's body may be, in bytes, at the addresses that begin so. Only who is logged in as staff may send
# more than everybody may, but at OPEN_BODIES; README.md tells what a proxy should let through.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
BODY_LIMITS = {
    "/practice/data/bring-back/": 16 * 2**20,  # 50,000 lines of log, and mock interviews with notes.
    "/practice/data/take-over/": 262_144,  # A rating of each of 2,000 questions.
    "/": 16_384,  # A vote with its reason, every character percent-encoded, twice over.
    "/admin/": DATA_UPLOAD_MAX_MEMORY_SIZE,
    "/admin/questions/image/": 10 * 2**20 + 16_384,  # An image, and what stands around it.
    "/admin/questions/question/import/": 10 * 2**20 + 16_384,  # A file, and what stands around it.
}
OPEN_BODIES = ("/practice/",)

# Security. `SITE_URL` alone decides: over https everything is strict, on a laptop nothing gets in the way.
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.is_https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENVIRONMENT.is_https else "csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # No third cookie.
SECURE_SSL_REDIRECT = ENVIRONMENT.is_https
SECURE_SSL_HOST = ENVIRONMENT.site_url.netloc
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # Asked over plain http, from inside.
# Browsers remember it and nobody can take it back: an hour binds this host alone, and an operator may say more.
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds if ENVIRONMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.is_https and ENVIRONMENT.hsts_scope in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = ENVIRONMENT.is_https and ENVIRONMENT.hsts_scope == "preload"
# Subdomains and preloading are the operator's to decide. On a full disk Django thinks that SQLite lacks JSON (E180).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "fields.E180"]
SECURE_CROSS_ORIGIN_OPENER_POLICY = None  # For pages alone: `hub.headers` says it.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "upgrade-insecure-requests": ENVIRONMENT.is_https,
    }
}
