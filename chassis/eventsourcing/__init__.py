"""The log: gapless per partition, read models in the append transaction, outcomes by key."""
