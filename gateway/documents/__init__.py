"""Documents to print and to keep, as PDF. Pure functions: the same facts give the same bytes.

They are in Chinese whatever the reader's language: they are papers between a family and a school.

* ``form.application_form``: what a family applied for, with its hash and the consent.
* ``agreement.custody_agreement``: the agreement's text and who signed it, when.
* ``letter.letter``: a title, paragraphs and lines to sign on; for notices.
"""
