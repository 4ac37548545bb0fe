"""The pure core: raw articles in, rows of tables out.

In the order in which data flows through it:

    schema       how a table is declared, and built from rows
    lookup       tables of lookup files, and refusals that name file and line
    vocabulary   closed lists of words
    tables       every table, declared once
    dictionary   the page that documents them
    settings     what a user can set
    version      the version of this code
    ids          ids from raw fields
    load/        files of any supported format -> RawArticle | Rejection
    articles/    RawArticle -> Article | Rejection: text, language, publication date, identity
    delivery     what becomes of a delivered record, against what is stored
    intake       files -> batches of what has to be extracted
    batches      articles that are extracted together
    pieces       what one task extracts of a batch
    cores        how many cores there are to extract with
    duplicates   the same text under another identity
    tree         the parse of a text, free of the library that made it
    parse        text -> Parse
    dates/       time expressions and what they mean
    actors/      registry, mentions, coreference, codes
    statements/  who said what, to whom
    events/      who did what to whom, when, where
    timelimit    how long the reading of one article may take
    extract      one Article -> all its rows
    books        the ledger of a run, and whether it balances
    warehouse/   stage, publish, recover, read
    report       the page of a run

Nothing here imports prefect or great_expectations, reads a clock, or reads the environment
(settings apart): the run's day and the settings are parameters.
"""
