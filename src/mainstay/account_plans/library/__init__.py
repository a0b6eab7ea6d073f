"""The library of key account work: tactics, actions, strategies, skills; shipped, and editable."""
