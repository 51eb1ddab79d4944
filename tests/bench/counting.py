"""What the metrics cost a page that comes from memory."""

from statistics import median

from tests.bench import wrk
from tests.bench.banks import Bank
from tests.bench.rows import Row
from tests.bench.server import Server, serving
from tests.browser.running_hub import free_port

ROUNDS = 7


def row(bank: Bank, path: str) -> Row:
    """The time that workers compute for a hit with metrics, as a multiple of that without; the two take turns."""
    counted, log = {"METRICS_ADDRESS": f"127.0.0.1:{free_port()}"}, bank.folder / "server.log"
    with (
        serving("hub.wsgi", bank.environment | counted, log) as counting,
        serving("hub.wsgi", bank.environment, log) as other,
    ):
        rounds = [[_seconds_for_a_hit(server, path) for server in (counting, other)] for _ in range(ROUNDS)]
    with_metrics, without = (median(times) * 1e6 for times in zip(*rounds, strict=True))
    detail = f"{with_metrics:.0f} and {without:.0f} µs"
    return Row("hit with metrics ÷ without", median(a / b for a, b in rounds), "×", at_most=1.03, detail=detail)


def _seconds_for_a_hit(server: Server, path: str) -> float:
    before = server.computed()
    number = wrk.requests_a_second(server.url(path)) * wrk.SECONDS
    return (server.computed() - before) / number
