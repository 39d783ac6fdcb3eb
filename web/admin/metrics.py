"""The measures of the installation in the OpenMetrics format, for monitoring tools.

How many answers there are, or requests for pages of questions, is not among them: read every few seconds, it would tell
when each person answers.
"""

from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from storage.operations.system_status import Measures

CONTENT_TYPE = CONTENT_TYPE_LATEST
STATES = ("queued", "running", "done", "failed")


def openmetrics(measures: Measures, version: str) -> bytes:
    """Return the measures in the OpenMetrics text format."""
    registry = CollectorRegistry()
    registry.register(_Measured(measures, version))
    return bytes(generate_latest(registry))  # type: ignore[no-untyped-call]  # of the library


class _Measured(Collector):
    def __init__(self, measures: Measures, version: str) -> None:
        self._measures, self._version = measures, version

    def collect(self) -> list[Metric]:
        measures = self._measures
        jobs = GaugeMetricFamily("grille_jobs", "Jobs by state", labels=["state"])
        for state in STATES:
            jobs.add_metric([state], measures.jobs.get(state, 0))
        return [
            InfoMetricFamily("grille", "This program", value={"version": self._version}),
            _gauge("grille_database_bytes", "Size of the database", measures.size, "bytes"),
            _gauge("grille_disk_free_bytes", "Free space on its disk", measures.free, "bytes"),
            _gauge("grille_disk_size_bytes", "Size of its disk", measures.disk, "bytes"),
            _gauge("grille_open_campaigns", "Campaigns in which people may answer", measures.open_campaigns),
            jobs,
            *_moment(
                "grille_oldest_queued_job_seconds", "When the oldest waiting job was asked for", measures.oldest_queued
            ),
            *_moment("grille_last_backup_seconds", "When the last backup was made", measures.backup),
        ]


def _gauge(name: str, about: str, value: float, unit: str = "") -> Metric:
    return GaugeMetricFamily(name, about, value=value, unit=unit)


def _moment(name: str, about: str, moment: datetime | None) -> list[Metric]:
    """The seconds since 1970 of a moment; nothing where there is none."""
    return [_gauge(name, about, moment.timestamp(), "seconds")] if moment else []
