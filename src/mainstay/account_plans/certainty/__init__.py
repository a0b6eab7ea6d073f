"""Stage 4: how certain the customer is of need, market and transaction, service by service."""
