"""What every part of the REST API shares: errors, scopes, limits, paging, idempotency."""
