"""Personal data: what people agreed to, what they ask of us, and how their wish is carried out."""
