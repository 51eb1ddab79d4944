"""Nobody but a proxy may say where a log-in comes from, and the start warns of settings that let others."""

import re
from pathlib import Path

import pytest

from tests.hub.programs import ask, manage

pytestmark = pytest.mark.one_database


PRIVATE = ["10.0.0.0/8", "172.18.0.0/16", "192.168.1.0/24", "127.0.0.0/8", "0.0.0.0/0", "fd00::/8"]


def test_start_warns_of_each_private_network(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", TRUSTED_PROXIES=",".join(PRIVATE))

    warned = re.findall(r"\(hub\.W002\) TRUSTED_PROXIES names the network (\S+):", done.stderr)
    assert sorted(warned) == sorted(PRIVATE)


@pytest.mark.parametrize("proxies", ["", "127.0.0.1,10.0.0.7,192.0.2.1,173.245.48.0/20,fd00::1"])
def test_start_says_nothing_of_proxies_alone(proxies: str, tmp_path: Path) -> None:
    done = manage(tmp_path, "check", TRUSTED_PROXIES=proxies)

    assert "hub.W002" not in done.stderr


def test_log_says_which_host_has_arrived_where_a_proxy_passes_another_on(tmp_path: Path) -> None:
    done = ask(tmp_path, "/accessibility/", SITE_URL="http://hub.example.org")

    assert "Refused: a request came with the Host '127.0.0.1', not 'hub.example.org'." in done.stderr


def test_log_says_that_a_proxy_does_not_tell_of_https(tmp_path: Path) -> None:
    done = ask(tmp_path, "/accessibility/", SITE_URL="https://127.0.0.1")

    assert done.stdout.startswith("301")
    assert (
        "came from 127.0.0.1 as plain http, with X-Forwarded-Proto '', and was led to https://127.0.0.1" in done.stderr
    )
