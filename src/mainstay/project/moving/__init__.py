"""Everything in an open format: leave with it, move with it, keep it as a backup.

`tables` says what goes out and what stays behind; `columns` how a field is written; `reading` and
`loading` stand at the database, `package` at the files, `manifest` between them.
"""
