"""Normalize what was loaded, and find what has to be extracted: records in, a stream of batches out.

Each record is entered in the books or handed on; texts are held for one batch at a time. What the
warehouse holds already costs its reading and one hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.articles import normalize_article
from pipeline.batches import Batch, BatchSize, Filed, group_articles
from pipeline.books import Books
from pipeline.delivery import Deliveries, DeliveryPlan, Known, deliver, make_delivery
from pipeline.load.records import RawArticle, Rejection
from pipeline.settings import Settings
from pipeline.tables import Article

Place = tuple[str, int]
Record = RawArticle | Rejection | Article
ReadStored = Callable[[Sequence[str]], Iterator[Article]]


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
    again: Collection[str] = ()
    """Stored articles that are extracted again although they did not change."""
    n_bytes: int = 0
    """About how much is delivered, for the size of the batches; 0 where that is not known."""
    stale: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    plan: DeliveryPlan = field(default_factory=lambda: DeliveryPlan([], [], []))
    _spooled: dict[str, tuple[Place, str]] = field(default_factory=dict)
    _n_batches: int = 0

    def batches(self, records: Iterable[Record]) -> Iterator[Batch]:
        """Yield what has to be extracted of the records; then `plan` and `stale` are complete.

        Args:
            records: what the loaders read, or articles that are normalized already, sorted by (raw_uri, raw_index).
        """
        deliveries = Deliveries(self.known)
        yield from self._group(self._candidates(records, deliveries))
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

    def _candidates(self, records: Iterable[Record], deliveries: Deliveries) -> Iterator[Filed]:
        """Every record that brings a version of an article which the warehouse does not hold."""
        states: dict[str, Known] = {}
        for record in records:
            self.books.n_read += 1
            article = self._normalize(record)
            if isinstance(article, Rejection):
                self.books.reject(article)
                continue
            before = states.get(article.article_id) or self.known.get(article.article_id)
            _, after = deliver(make_delivery(article), before, self.run_day)
            states[article.article_id] = after
            again = before is not None and before.record_hash == article.record_hash
            if deliveries.add(article) and not again:
                yield article, after.day

    def _normalize(self, record: Record) -> Article | Rejection:
        if isinstance(record, RawArticle):
            return normalize_article(record, self.settings.source, self.settings.date_order)
        return record

    def _restored(self) -> Iterator[Filed]:
        """Stored articles that only get another origin, or are asked for again."""
        refreshes = {r.article_id: r.origin for r in self.plan.refreshes}
        wanted = {*refreshes, *(a for a in self.again if a not in self._spooled)}
        for article in self.read_stored(sorted(wanted)):
            day = self.known[article.article_id].day
            origin = refreshes.get(article.article_id)
            if origin is not None:
                article = replace(
                    article, raw_uri=origin.raw_uri, raw_index=origin.raw_index, raw_sha256=origin.raw_sha256
                )
            yield article, day

    def _group(self, articles: Iterator[Filed]) -> Iterator[Batch]:
        """Batches, with a note of where each version stands; an earlier version in another batch is stale."""
        size = BatchSize(self.settings.batch_characters, self.n_bytes, self.settings.n_workers)
        for batch in group_articles(articles, size, self._n_batches):
            self._n_batches += 1
            for a in batch.articles:
                if a.article_id in self._spooled:
                    self.stale[self._spooled[a.article_id][1]].add(a.article_id)
                self._spooled[a.article_id] = ((a.raw_uri, a.raw_index), batch.batch_id)
            yield batch
