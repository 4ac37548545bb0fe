"""Log lines that say which run, batch and article they are about; as text, or one JSON object a line.

Inside a flow the lines go where Prefect's go: to stderr, and to the server. JSON is then the formatter of Prefect's own
console handler, in this process and in its workers alike, so that every line on stderr is one object.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

from pipeline.settings import PREFIX, Settings

ROOT = "newsledger"
LEVEL = f"{PREFIX}LOG_LEVEL"
FIELDS = ("run_id", "batch_id", "article_id")
WORDS = ("run", "batch", "article")


class BoundLogger(logging.LoggerAdapter[logging.Logger]):
    """A logger whose lines begin with what they are about, and carry it as fields of the record."""

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, MutableMapping[str, Any]]:
        """Put the fields before the message, and on the record."""
        fields = {**(self.extra or {}), **kwargs.get("extra", {})}
        kwargs["extra"] = {**fields, "prefix": _prefix(fields)}
        return _prefix(fields) + str(msg), kwargs


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and run_id, batch_id, article_id where they are known."""

    def __init__(self, *_format: Any, **_options: Any) -> None:
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage().removeprefix(getattr(record, "prefix", "")),
        }
        line |= {name: getattr(record, name) for name in FIELDS if getattr(record, name, None) is not None}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def make_logger(
    name: str, run_id: str | None = None, batch_id: str | None = None, article_id: str | None = None
) -> BoundLogger:
    """A logger whose lines carry the run, the batch and the article, as far as they are given."""
    if logging.getLogger(ROOT).level == logging.NOTSET:  # a process that was started to extract batches
        logging.getLogger(ROOT).setLevel(os.environ.get(LEVEL, "INFO"))
    given = zip(FIELDS, (run_id, batch_id, article_id), strict=True)
    return BoundLogger(logging.getLogger(name), {field: value for field, value in given if value is not None})


def configure_logs(settings: Settings, *, prefect: bool) -> None:
    """Set level and format of what a command logs.

    Args:
        settings: the settings in force.
        prefect: whether a flow is going to run. Then this comes before Prefect is imported, which reads its logging
            from the environment, as the processes do that inherit it; else the lines go to stderr from here.
    """
    log = logging.getLogger(ROOT)
    log.setLevel(settings.log_level)
    _export(settings)
    if prefect:
        return
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s | %(levelname)-7s | %(name)s - %(message)s", "%H:%M:%S")
    handler.setFormatter(JsonLines() if settings.log_format == "json" else plain)
    log.handlers = [handler]
    log.propagate = False


def join_prefect(settings: Settings) -> None:
    """Send what is logged where Prefect's lines go, also in a process that a Prefect worker started.

    Such a process has imported Prefect before anything of newsledger: it knows nothing of this logger yet.
    """
    log = logging.getLogger(ROOT)
    log.setLevel(settings.log_level)
    _export(settings)
    for handler in logging.getLogger("prefect.extra").handlers:
        if handler not in log.handlers:
            log.addHandler(handler)
    if settings.log_format == "json":
        for handler in logging.getLogger().handlers:
            if type(handler).__name__ == "PrefectConsoleHandler":
                handler.setFormatter(JsonLines())


def _export(settings: Settings) -> None:
    """Tell it to the processes that this one starts."""
    os.environ[LEVEL] = settings.log_level
    if settings.log_format == "json":
        os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER"] = "json"
        os.environ["PREFECT_LOGGING_FORMATTERS_JSON_CLASS"] = "flows.logs.JsonLines"


def _prefix(fields: MutableMapping[str, Any]) -> str:
    known = [f"{word} {fields[field]}" for field, word in zip(FIELDS, WORDS, strict=True) if fields.get(field)]
    return f"[{' '.join(known)}] " if known else ""
