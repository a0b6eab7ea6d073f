"""What the numbers mean that an assistant reads; the same words as in the glossary."""

METRICS = {
    "abc_class": "A, B or C by cumulative share of revenue: A to 80 percent, B to 95 percent unless"
    " the company set other limits, C the rest. It says what was, not what will be.",
    "rfm": "Recency, frequency and monetary value as scores from 1 to 5 by quantiles among all"
    " customers; 5 is best, 555 the best customer.",
    "segment": "A group by the RFM scores, such as customers at risk.",
    "revenue_minor": "What was sold to the customer up to the as-of day, without tax, in minor"
    " units; returns are taken off. It is not lifetime value.",
    "margin_minor": "Amount minus cost. Null where costs are not known.",
    "p_alive": "The probability that the customer still buys, by the model of purchases. Nobody"
    " cancels here: it is inferred from silence, never seen.",
    "expected_12m": "How many purchase days the model expects in the next twelve months, with an"
    " interval (expected_12m_low to expected_12m_high).",
    "clv_minor": "Customer lifetime value: the present value of the margin expected from the"
    " customer over the horizon, discounted yearly; with an interval (clv_low_minor to"
    " clv_high_minor). An estimate: always tell the interval and the as-of day with it.",
    "customer_equity": "The lifetime values of all customers together.",
    "trend": "Whether the customer buys more often or less often than before; 0 is steady.",
    "tenure_days": "Days from the first order to the as-of day.",
    "recency_days": "Days from the latest order to the as-of day.",
    "occasions": "Days with at least one order; the models count these, not orders.",
    "as_of": "The last day that counts in a value run; a run is a snapshot.",
}
