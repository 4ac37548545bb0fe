"""RawArticle → Article: text, language, publication date, identity.

In the order in which data flows: repair (a clean text; markup: out of HTML), language, publication (the date),
normalize (the article and its identity).
"""

from pipeline.articles.normalize import normalize_article

__all__ = ["normalize_article"]
