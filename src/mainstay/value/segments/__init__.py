"""What the value of customers gives to segments."""
