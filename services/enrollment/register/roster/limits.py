"""How much of a file is read before it is refused: room for the largest school, not for a bomb.

Together they bound the memory of an import. Measured: 50,000 pupils with two guardians each stay
below 400 MB, with four each in a OneRoster zip (``MAX_USERS``) below 500 MB.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024

MAX_BYTES = 20 * MEGABYTE
"""The upload itself."""

MAX_MEMBERS = 2_000
"""Files inside one zip."""

MAX_INFLATED_BYTES = 200 * MEGABYTE
"""Bytes unpacked from one zip, counted while unpacking; 50,000 pupils need about 40 MB."""

MAX_TEXT_BYTES = 80 * MEGABYTE
"""One text file of a zip, which is read as a whole; sheets of a workbook are not."""

MAX_RATIO = 200
"""Bytes unpacked per byte uploaded; real workbooks stay below 50."""

RATIO_MATTERS_FROM = 16 * MEGABYTE
"""Below this a high ratio is harmless: a nearly empty workbook compresses well."""

MAX_XML_ELEMENTS = 4_000_000
"""XML elements of one workbook; 50,000 pupils with 14 columns need 2,000,000."""

MAX_CELL_CHARACTERS = 32_767
"""Characters in one cell: what a spreadsheet itself allows."""

MAX_SHEETS = 50
MAX_COLUMNS = 100

MAX_ROWS = 50_000
"""Rows with a pupil in them."""

MAX_SHEET_ROWS = 1_048_576
"""Rows of any kind, blank ones included: what a spreadsheet itself allows."""

MAX_ONEROSTER_RECORDS = 1_000_000
"""Records of all files of one OneRoster zip: a pupil has a role and several enrollments."""

MAX_USERS = 250_000
"""Persons of one OneRoster zip, all of whom are in memory together: four adults for each pupil."""

MAX_VERDICTS = 2 * MAX_ROWS
"""Rows that get a verdict, persons who are no pupils included: all verdicts are kept."""

HEADER_WITHIN = 10
"""The header is looked for in this many first rows; titles may stand above it."""

MAX_MEANT = 1_000
"""Characters of a cell that are looked at: more in any column we know is refused anyway."""

MAX_NAME = 50
MAX_CLASS_NAME = 40
MAX_SOURCED_ID = 255
