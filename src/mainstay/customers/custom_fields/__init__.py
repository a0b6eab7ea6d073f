"""Fields that a company adds to its customers and contacts: typed, checked, in every list.

A definition says what a field takes; a value is one typed row, so that lists filter and sort along
an index on every database.
"""
