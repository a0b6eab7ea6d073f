"""Stage two: how we stand with a key account, in our eyes and in theirs."""
