"""Figures for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000)


class Metrics:
    """What a service counts; nothing in it is a user's."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.jobs = Counter(
            "carmina_jobs",
            "Jobs that are over, by operation and state.",
            ["operation", "state"],
            registry=self.registry,
        )
        self.refused = Counter("carmina_refused", "Requests refused, by status.", ["status"], registry=self.registry)
        self.requests = Counter("carmina_requests", "Requests answered, by status.", ["status"], registry=self.registry)
        self.waiting = Gauge("carmina_jobs_waiting", "Jobs that wait.", registry=self.registry)
        self.running = Gauge("carmina_jobs_running", "Jobs that run.", registry=self.registry)
        self.replaced = Gauge(
            "carmina_workers_replaced",
            "Worker processes that were killed or died, and replaced.",
            registry=self.registry,
        )
        self.seconds = Histogram(
            "carmina_job_seconds", "Seconds that a job ran.", ["operation"], buckets=SECONDS, registry=self.registry
        )

    def text(self) -> bytes:
        """The figures as Prometheus reads them."""
        return generate_latest(self.registry)
