"""Make views again from the log, beside the live ones, while schools keep working.

A rebuild is a row with a state, and a part per (service, school). Its steps:

    1. ``folding``: every part is folded from its first event in memory and written, by several
       processes, each part in one transaction with its own note that it is done.
    2. ``fence``: what came in meanwhile is folded in rounds; then, with ingest waiting for a
       moment, the last of it. Old and new rows now stand for the same events: they are compared,
       and one update makes the new ones live.
    3. ``rollback``: the generation before is brought up to date and made live again.

A kill at any point changes nothing that readers see, and the next run goes on with the parts that
are missing. Views are pure folds, so nothing outside these tables happens, however often they run.
"""
