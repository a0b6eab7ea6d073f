"""Net lifetime value: purchases and recommendations to come, less what serving costs."""
