"""What holds for time expressions beyond their schema."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from expectations.chunk import Rows
from expectations.derived import derived
from expectations.intervals import interval_rules
from expectations.membership import sharing_rules
from expectations.rules import Verdict, rule, rules_of
from pipeline.tables import DATES
from pipeline.vocabulary import Anchor, Precision, TimexType


@rule(DATES)
def undated_article_anchors_nothing(rows: Rows) -> Verdict:
    """No date of an article without a publication day is resolved against one."""
    published = pc.equal(rows["anchor"], Anchor.PUBLISHED.value)
    return pc.invert(pc.and_(published, pc.is_null(rows.of_article("published_local_date"))))


@rule(DATES)
def anchor_date_is_the_publication_day(rows: Rows) -> Verdict:
    """anchor_date is published_local_date where the publication day is the anchor."""
    same = pc.fill_null(pc.equal(rows["anchor_date"], rows.of_article("published_local_date")), False)
    return pc.if_else(pc.equal(rows["anchor"], Anchor.PUBLISHED.value), same, None)


@rule(DATES)
def anchor_date_needs_an_anchor(rows: Rows) -> Verdict:
    """anchor_date is null where nothing was needed or found to resolve against."""
    free = pc.is_in(rows["anchor"], pa.array([Anchor.ABSOLUTE.value, Anchor.NONE.value]))
    return pc.invert(pc.and_(free, pc.is_valid(rows["anchor_date"])))


@rule(DATES)
def single_day_is_one_day(rows: Rows) -> Verdict:
    """A date of the precision day, part of day or instant is one day, or the days from one to another."""
    precise = pc.is_in(
        rows["precision"], pa.array([Precision.DAY.value, Precision.INSTANT.value, Precision.PART_OF_DAY.value])
    )
    ranged = pc.fill_null(pc.match_substring(rows["edtf"], "/"), False)
    one = pc.equal(rows["date_from"], rows["date_to"])
    return pc.if_else(pc.and_(precise, pc.invert(ranged)), one, None)


@rule(DATES)
def unknown_precision_has_no_days(rows: Rows) -> Verdict:
    """A time expression of no precision has no first and last day."""
    return pc.or_(pc.not_equal(rows["precision"], Precision.NONE.value), pc.is_null(rows["date_from"]))


@rule(DATES)
def duration_value_is_a_period(rows: Rows) -> Verdict:
    """The TIMEX3 value of a duration begins with P; that of a date does not."""
    period = pc.starts_with(rows["timex_value"], "P")
    reference = pc.ends_with(rows["timex_value"], "_REF")
    kind = rows["timex_type"]
    duration = pc.equal(kind, TimexType.DURATION.value)
    date = pc.and_(pc.equal(kind, TimexType.DATE.value), pc.invert(reference))
    return pc.if_else(duration, period, pc.if_else(date, pc.invert(period), None))


RULES = (
    *derived(DATES),
    *rules_of(DATES, globals()),
    *interval_rules(DATES, "date_from", "date_to", "edtf"),
    *sharing_rules(DATES),
)
