"""The stages of a customer's life with the company, derived from facts and corrected by people."""
