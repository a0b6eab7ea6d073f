"""What the value of customers gives to segments."""


def publish() -> None:
    """Register fields, shipped segments, and what a group of customers is worth."""
    from mainstay.customers.segments import facts as told
    from mainstay.value.segments import facts, fields, presets

    fields.publish()
    presets.publish()
    told.publish("value", told.Teller("value.view", facts.measure, facts.say))
