"""Finding records of one customer: how names, numbers and addresses are compared, as plain values.

`records.batches` brings records into the form in which they are compared; `engine.matching.find`
finds the pairs, and `explanation.steps` says why, comparison by comparison.
"""
