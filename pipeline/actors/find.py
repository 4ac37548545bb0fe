"""One article in, its mentions of actors out: names, titles, nominal groups and pronouns, resolved and coded."""

from __future__ import annotations

from pipeline.actors.acronyms import settle_bodies
from pipeline.actors.clusters import Cluster
from pipeline.actors.headlines import in_title_case, shouted_lines
from pipeline.actors.home import PLACED, place_at_home
from pipeline.actors.linking import cluster_names
from pipeline.actors.mentions import Mentions
from pipeline.actors.names import find_names
from pipeline.actors.nominals import find_nominals
from pipeline.actors.registry import Registry
from pipeline.actors.resolve import Resolved, Resolver
from pipeline.ids import make_id
from pipeline.tables import Article, Mention
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType


def find_mentions(article: Article, parse: Parse, registry: Registry) -> Mentions:
    """Find and resolve the mentions of actors in an article.

    Args:
        article: Its publication day, where it was published, decides offices and codes.
        parse: The parse of its text.
        registry: Who is who.

    Returns:
        Rows in the order of the text that do not overlap.
    """
    day = article.published_local_date
    shouted = shouted_lines(parse)
    read = in_title_case(parse, shouted, registry) if shouted else parse
    names = find_names(read, registry, shouted)
    settle_bodies(read, names)
    nominals = find_nominals(read, names, registry, day)
    namings = cluster_names(read, names, registry, day)
    place_at_home(read, registry, namings, nominals)
    resolved = Resolver(read, registry, day).resolve(namings, nominals)
    return Mentions(parse, [_row(article, parse, mention) for mention in resolved])


def _actor_id(cluster: Cluster, article: Article) -> str | None:
    """The actor's id; a person of whom only one name and no country is known has it for this article alone."""
    if cluster.entry or cluster.country or cluster.kind is not ActorType.PERSON or " " in cluster.name:
        return cluster.actor_id
    return make_id("actor", cluster.name, None, article.article_id) if cluster.identified else None


def _row(article: Article, parse: Parse, mention: Resolved) -> Mention:
    start, end = parse.start[mention.first], parse.end[mention.last]
    cluster = mention.cluster
    entry = cluster.entry if cluster else None
    return Mention(
        mention_id=make_id("mention", article.article_id, start, end),
        article_id=article.article_id,
        start=start,
        end=end,
        text=parse.text[start:end],
        actor_id=_actor_id(cluster, article) if cluster else None,
        wikidata_id=mention.wikidata_id or (entry.wikidata_id if entry else None),
        how=mention.how,
        actor_name=cluster.name if cluster and cluster.identified else None,
        actor_type=cluster.kind if cluster else mention.kind,
        actor_code=cluster.code if cluster else None,
        country=cluster.country if cluster else None,
        role=cluster.role if cluster else None,
        from_registry=entry is not None,
        rule=mention.rule + (PLACED if cluster is not None and cluster.is_placed else ""),
    )
