"""The pure core: raw articles in, rows of tables out.

In the order in which data flows through it:

    tables       every table and vocabulary, declared once
    settings     what a user can set
    ids          ids from raw fields
    load/        files of any supported format -> RawArticle | Reject
    articles     RawArticle -> Article: text, language, publication date, identity
    duplicates   the same article again, the same text under another identity
    parse        text -> Parse: sentences, words, lemmas, dependencies
    dates/       time expressions and what they mean
    actors/      registry, mentions, coreference, codes
    statements/  who said what, to whom
    events/      who did what to whom, when, where
    extract      one Article -> all its rows
    warehouse/   stage, publish, recover, read
    report       what a person looks at after the run

Nothing here imports prefect or great_expectations, reads a clock, or reads the environment
(settings apart): the run's day and the settings are parameters.
"""
