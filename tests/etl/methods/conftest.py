"""Property tests here judge values, not the clock: a busy machine must not fail them."""

from hypothesis import HealthCheck, settings

settings.register_profile("values-not-clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("values-not-clock")
