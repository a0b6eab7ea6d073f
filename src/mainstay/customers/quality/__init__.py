"""How complete, fresh and right the records of customers are, and what to do about the rest."""
