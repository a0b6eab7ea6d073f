"""Cohorts: who began together, what each period of life brought, and how loyal customers grow."""
