"""Password hashing at the strength that OWASP names for Argon2id: 19 MiB, two passes, one lane.

Django's default takes about 100 MiB for each sign-in, which a small server cannot spend on many
sign-ins at once.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
