"""Decisions about skills on plain values."""

HIGHEST = 5  # level of a skill: who has it could teach it
