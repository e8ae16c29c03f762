"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from sarnakh.administration import health, logos, palette
from sarnakh.config.screens import SCREENS
from sarnakh.screens import calendar
from sarnakh.screens.urls import urls_for

handler429 = "sarnakh.accounts.limits.too_many_requests"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/pipeline/"), name="home"),
    *health.urlpatterns,
    path("api/v1/", include("sarnakh.api.urls")),
    path("keys/", include("sarnakh.api.key_urls")),
    path("settings/companies/<int:pk>/logo", logos.company_logo, name="company-logo"),
    path("accounts/", include("sarnakh.accounts.entrance_urls")),
    path("", include("sarnakh.accounts.urls")),
    path("discussion/", include("sarnakh.discussion.urls")),
    path("mail/", include("sarnakh.mail.urls")),
    path("", include("sarnakh.portal.urls")),
    path("activities/", include("sarnakh.activities.urls")),
    path("exchange/", include("sarnakh.exchange.urls")),
    path("crm/", include("sarnakh.crm.urls")),
    path("delivery/", include("sarnakh.delivery.urls")),
    path("rental/", include("sarnakh.rental.urls")),
    path("sales/", include("sarnakh.sales.urls")),
    path("trade/", include("sarnakh.money.urls")),
    path("invoicing/", include("sarnakh.invoicing.urls")),
    path("dashboard/", include("sarnakh.dashboard.urls")),
    path("recurring/", include("sarnakh.recurring.urls")),
    path("demo/", include("sarnakh.demo.urls")),
    path("calendar", calendar.month, name="calendar"),
    path("palette", palette.palette, name="palette"),
    *(urls_for(screen) for screen in SCREENS),
]
