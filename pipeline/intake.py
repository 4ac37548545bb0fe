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
from pipeline.batches import Batch, Filed, group_articles
from pipeline.books import Books
from pipeline.delivery import Deliveries, DeliveryPlan, Known, deliver, make_delivery
from pipeline.load import InputFile, read_records
from pipeline.load.records import Rejection
from pipeline.settings import Settings
from pipeline.tables import Article

Place = tuple[str, int]
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

    def _candidates(self, files: Sequence[InputFile], deliveries: Deliveries) -> Iterator[Filed]:
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

    def _restored(self) -> Iterator[Filed]:
        """Stored articles that stay as they are, but get another origin."""
        changes = {r.article_id: r for r in self.plan.refreshes}
        for article in self.read_stored(sorted(changes)):
            change = changes[article.article_id]
            origin = change.origin
            yield (
                replace(article, raw_uri=origin.raw_uri, raw_index=origin.raw_index, raw_sha256=origin.raw_sha256),
                change.day,
            )

    def _group(self, articles: Iterator[Filed]) -> Iterator[Batch]:
        """Batches, with a note of where each version stands; an earlier version in another batch is stale."""
        for batch in group_articles(articles, self.settings.batch_characters, self._n_batches):
            self._n_batches += 1
            for a in batch.articles:
                if a.article_id in self._spooled:
                    self.stale[self._spooled[a.article_id][1]].add(a.article_id)
                self._spooled[a.article_id] = ((a.raw_uri, a.raw_index), batch.batch_id)
            yield batch
