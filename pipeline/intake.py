"""Load and normalize what was delivered, and find what has to be extracted: a stream of batches.

Each record is entered in the books or handed on; texts are held for one batch at a time. What the
warehouse holds already costs its reading and one hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.articles import normalize_article
from pipeline.books import Books
from pipeline.delivery import Deliveries, DeliveryPlan, Known, deliver, make_delivery
from pipeline.ids import make_id
from pipeline.load import InputFile, read_records
from pipeline.load.records import Rejection
from pipeline.settings import Settings
from pipeline.tables import Article

Place = tuple[str, int]
ReadStored = Callable[[Sequence[str]], Iterator[Article]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to extract together, each with the partition of its rows."""

    batch_id: str
    articles: list[Article]
    days: list[date]


@dataclass(slots=True)
class Intake:
    """The first half of a run: from files to batches.

    Attributes:
        stale: after the last batch, by batch id the articles of it that a later record of the run replaced.
        plan: after the last batch, what became of each record.
    """

    settings: Settings
    known: Mapping[str, Known]
    run_day: date
    books: Books
    read_stored: ReadStored
    """Reads articles of the warehouse by their ids."""
    stale: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    plan: DeliveryPlan = field(default_factory=lambda: DeliveryPlan([], [], []))
    _spooled: dict[str, tuple[Place, str]] = field(default_factory=dict)
    _n_batches: int = 0

    def batches(self, files: Sequence[InputFile]) -> Iterator[Batch]:
        """Read the files and yield what has to be extracted; then `plan` and `stale` are complete."""
        deliveries = Deliveries(self.known)
        yield from self._group(self._candidates(files, deliveries))
        self.plan = deliveries.plan(self.run_day)
        for outcome in self.plan.outcomes:
            self.books.enter(
                outcome.origin.raw_uri,
                outcome.origin.raw_index,
                outcome.outcome,
                raw_sha256=outcome.origin.raw_sha256,
                article_id=outcome.article_id,
                article_day=outcome.day,
            )
        wanted = {e.article_id: e.origin.place for e in self.plan.extractions}
        for article_id, (place, batch_id) in self._spooled.items():
            if wanted.get(article_id) != place:
                self.stale[batch_id].add(article_id)
        yield from self._group(self._restored())

    def _candidates(self, files: Sequence[InputFile], deliveries: Deliveries) -> Iterator[tuple[Article, date]]:
        """Every record that brings a version of an article which the warehouse does not hold."""
        states: dict[str, Known] = {}
        for file in files:
            for record in read_records(file, self.settings.limits):
                self.books.n_read += 1
                article = (
                    record
                    if isinstance(record, Rejection)
                    else normalize_article(record, self.settings.source, self.settings.date_order)
                )
                if isinstance(article, Rejection):
                    self.books.reject(article)
                    continue
                before = states.get(article.article_id) or self.known.get(article.article_id)
                _, after = deliver(make_delivery(article), before, self.run_day)
                states[article.article_id] = after
                again = before is not None and before.record_hash == article.record_hash
                if deliveries.add(article) and not again:
                    yield article, after.day

    def _restored(self) -> Iterator[tuple[Article, date]]:
        """Stored articles that stay as they are, but get another origin."""
        changes = {r.article_id: r for r in self.plan.refreshes}
        for article in self.read_stored(sorted(changes)):
            change = changes[article.article_id]
            origin = change.origin
            yield (
                replace(article, raw_uri=origin.raw_uri, raw_index=origin.raw_index, raw_sha256=origin.raw_sha256),
                change.day,
            )

    def _group(self, articles: Iterator[tuple[Article, date]]) -> Iterator[Batch]:
        """Batches of at most `batch_characters` of text, or of one article; one version of an article in each."""
        held: dict[str, tuple[Article, date]] = {}
        size = 0
        for article, day in articles:
            if held and size + article.n_characters > self.settings.batch_characters:
                yield self._batch(held)
                held, size = {}, 0
            earlier = held.pop(article.article_id, None)
            size += article.n_characters - (earlier[0].n_characters if earlier else 0)
            held[article.article_id] = (article, day)
        if held:
            yield self._batch(held)

    def _batch(self, held: Mapping[str, tuple[Article, date]]) -> Batch:
        articles = [article for article, _ in held.values()]
        content = make_id("batch", *(f"{a.article_id} {a.record_hash}" for a in articles))
        batch_id = f"{self._n_batches:06d}-{content}"
        self._n_batches += 1
        for a in articles:
            if a.article_id in self._spooled:
                self.stale[self._spooled[a.article_id][1]].add(a.article_id)
            self._spooled[a.article_id] = ((a.raw_uri, a.raw_index), batch_id)
        return Batch(batch_id, articles, [day for _, day in held.values()])
