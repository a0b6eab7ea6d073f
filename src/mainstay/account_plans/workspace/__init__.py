"""The pages of one key account, each behind a tab."""
