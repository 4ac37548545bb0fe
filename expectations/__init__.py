"""What must hold before anything is published.

    derived      what follows from `pipeline/tables.py`: types, keys, lists, ranges, references, surfaces
    articles, statements, events, dates, mentions
                 what a schema cannot say, one sentence a rule
    metrics      counts, shares and means of a run, one number each
    floors       floors and ceilings for the metrics (`floors.toml`)
    drift        the metrics against those of the last runs
    audit        puts all of it to Great Expectations, the only module that does

A row rule quarantines the rows that break it; a rule about a whole table refuses the run.
"""
