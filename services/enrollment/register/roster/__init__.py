"""Reads the roster files schools hand in: bytes in, rows out; no database, clock or network.

* ``read.read_roster``: an upload becomes a ``lines.Roster``, or one of the two refusals in
  ``errors``.
* ``verdicts.write_verdicts``: what became of every row, as a file to hand back.
* ``export.write_export``: a term's applications as a workbook that leaves the platform.
* ``template.write_template`` and ``oneroster_writer.write_oneroster``: files that read back.
"""
