"""From a roster's rows to pupils on the register, in one transaction or as a dry run.

``index`` knows whom the school has, ``matching`` says which row is whom, ``planning`` what each row
changes, ``writing`` writes it. An import registers; it never enrols anybody (P1-004) and never
deletes.
"""
