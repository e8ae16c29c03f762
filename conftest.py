"""What every test of the project lives with."""

import hypothesis
import pytest

# A busy machine is no fault of the product.
hypothesis.settings.register_profile(
    "unhurried",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def tally_begins_empty(request: pytest.FixtureRequest) -> None:
    """Emptying the tables after a test with real transactions fires triggers too:
    what they have left in the tally goes before the next such test."""
    marker = request.node.get_closest_marker("django_db")
    with_commits = marker is not None and marker.kwargs.get("transaction")
    if with_commits or "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        from sarnakh.crm.models import Lead, LeadTally

        if not Lead.objects.exists():
            LeadTally.objects.all().delete()
