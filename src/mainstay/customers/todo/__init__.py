"""Tasks: who does what for a customer until when, with reminders and a calendar feed."""
