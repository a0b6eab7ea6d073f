"""How long the files of imports are kept: uploads, and lists of refused rows.

Policy: a list of refused rows holds personal data. It can be downloaded by whoever began the
import, and by whoever may import the same and sees all customers, until its day; then it is
deleted, by a daily job, with an entry in the audit log.
"""
