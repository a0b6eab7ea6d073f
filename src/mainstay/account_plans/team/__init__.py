"""Who of us looks after the account, in which role, and what its key account manager can do."""
