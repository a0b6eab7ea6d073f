"""What if: levers moved by the user, the result beside today's, kept as scenarios."""
