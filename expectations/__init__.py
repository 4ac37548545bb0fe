"""What must hold before anything is published.

    rules        how a row rule is declared: name, sentence, severity, expectation
    derived      what follows from `pipeline/tables.py`: types, keys, lists, ranges, references, surfaces
    articles, statements, events, dates, mentions
                 what a schema cannot say, one sentence a rule
    intervals, membership, quotes, plover
                 what several tables share, each written apart from the code that it checks
    chunk        whole articles with all their rows: what a rule may look at
    metrics      counts, shares and means of a run, one number each
    floors       floors and ceilings for the metrics (`floors.toml`)
    drift        the metrics against those of the last runs
    limits       metrics with all that limits them
    staged       the staged files, read in chunks of whole articles
    frame        the columns that Great Expectations reads
    findings     which rows broke which rule
    quarantine   which rows must not be published, and what refers to them
    groups       what becomes of each chunk
    audit        puts all of it to Great Expectations, the only module that does

A row rule quarantines the rows that break it; a rule about a whole table refuses the run.
"""
