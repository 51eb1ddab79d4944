"""gunicorn's settings for production; GUNICORN_CMD_ARGS may override any of them."""

import ctypes
import gc
import os
import signal
import sys
from pathlib import Path
from typing import Any

from hub.env_file import read_into
from hub.environment import Environment
from hub.logs import logging_config
from hub.metrics import folder

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # of <malloc.h>

_environment = Environment.from_variables(read_into(os.environ))

bind = f"127.0.0.1:{_environment.port}"
logconfig_dict = logging_config(_environment.log_format)

# Threads share one copy of Django; two workers use two cores and cover for each other's restarts. Requests
# that have not arrived yet wait outside of the threads, as many as worker_connections.
worker_class = "hub.worker.PatientWorker"
worker_connections = 1000
workers = _environment.workers
threads = 4
http_parser = "auto"  # The one in C where `make fast` has installed it.
keepalive = 5

# A thread that computes, such as one that imports, lets the others go on after this many seconds. Each row that they
# read from SQLite lets go of the interpreter, and would wait for Python's usual 5 ms.
sys.setswitchinterval(0.0005)

# The application is loaded once, before the fork, so that workers share its memory.
preload_app = True

# glibc would keep a heap for each thread, and what large pages took for the next ones: 170 MB a worker, not 115.
if hasattr(libc := ctypes.CDLL(None), "mallopt"):
    for option, value in ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, 2**17), (M_TRIM_THRESHOLD, 2**17)):
        libc.mallopt(option, value)


# Before anything imports Prometheus's client.
_has_metrics = bool(_environment.metrics_address) and folder.prepare(_environment.data_dir / "metrics")


def on_starting(server: Any) -> None:
    """Listen for Prometheus, once and for all workers."""
    if _has_metrics:
        from hub.metrics import exporter

        exporter.listen(*_environment.metrics_address)


def post_worker_init(worker: Any) -> None:
    """Count, and answer Prometheus."""
    if _has_metrics:
        from hub.metrics import exporter

        exporter.serve()


def pre_exec(server: Any) -> None:
    """Let nothing come of SIGUSR2: a second master would migrate nothing, and lose the metrics of the first."""
    server.log.error("SIGUSR2 does not upgrade the hub, which goes on as it is. Run `make upgrade` and restart it.")
    os._exit(0)


def pre_fork(server: Any, worker: Any) -> None:
    """Leave what is loaded alone: a full garbage collection would stop a worker for 50 ms, and copy what is shared."""
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """Leave no connections to a worker that has ended, and keep what it has counted."""
    from hub.worker import load

    load.forget(worker.age)
    if _has_metrics:
        folder.fold(server.WORKERS)


# Workers are replaced now and then, against slow leaks, and never all at once; a new one has no pages in memory yet.
max_requests = 1_000_000
max_requests_jitter = 200_000

# A worker that is told to stop finishes what it serves; one that hangs is replaced.
graceful_timeout = 10
timeout = 30
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# Nothing the hub serves needs long request lines or many headers.
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190

# A proxy says no more than X-Forwarded-Proto and X-Forwarded-For: who could say where the hub is mounted could choose
# which address its guards see.
forwarder_headers = ""

# Until gunicorn takes signals, which is after it has loaded the application, Ctrl-C would show where it was.
signal.signal(signal.SIGINT, lambda *_: sys.exit(130))

# The hub is steered by signals alone.
control_socket_disable = True
