"""What a group of companies is worth: a customer with everybody below it."""
