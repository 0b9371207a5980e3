"""A OneRoster 1.2 zip as a registry exports it, to be changed by tests."""

from __future__ import annotations

from tests.unit.enrollment.roster.files import identity_number, zip_file

NUMBER = identity_number()

MANIFEST = """propertyName,value
manifest.version,1.0
oneroster.version,1.2
file.users,bulk
source.systemName,"某学籍系统"
"""
USERS = f"""\
sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
identifier,email,sms,phone,agentSourcedIds,grades,password
s1,,,true,s1,{{identityNumber:{NUMBER}}},小明,王,,G{NUMBER},,,,"g1,g2",03,
s2,,,true,s2,,Anna,Lee,Mary,2026-017,,,,,03,
g1,,,true,g1,,大明,王,,,,13800138000,,,,
g2,,,true,g2,,小芳,李,,,,,0592-5551234,,,
t1,,,true,t1,,老师,张,,,,,,,,
"""
ROLES = """\
sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
r1,,,s1,primary,student,,,o1
r2,,,s2,primary,student,,,o1
r3,,,g1,primary,parent,,,o1
r4,,,g2,primary,guardian,,,o1
r5,,,t1,primary,teacher,,,o1
"""
CLASSES = """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,schoolSourcedId
c1,,,三年级2班,03,,,homeroom,o1
c2,,,数学,03,,,scheduled,o1
"""
ENROLLMENTS = """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary
e1,,,c1,o1,s1,student,
e2,,,c2,o1,s1,student,
e3,,,c1,o1,s2,student,
e4,,,c1,o1,t1,teacher,true
"""
DEMOGRAPHICS = """sourcedId,status,dateLastModified,birthDate,sex
s1,,,2017-09-01,male
s2,,,2017-10-15,female
"""


def one_roster(**changed: str | None) -> bytes:
    """Return a OneRoster zip; files by name without ``.csv``, None to leave one out."""
    files = {
        "manifest": MANIFEST,
        "orgs": "sourcedId,name,type\no1,某某小学,school\n",
        "users": USERS,
        "roles": ROLES,
        "classes": CLASSES,
        "enrollments": ENROLLMENTS,
        "demographics": DEMOGRAPHICS,
    } | changed
    return zip_file({f"{name}.csv": text for name, text in files.items() if text is not None})
