"""Groups of customers: lists kept by hand, or rules that the base answers every day."""
