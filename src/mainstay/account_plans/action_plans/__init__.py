"""Stage 5: what is done, person by person and for the account, and by which strategy."""
