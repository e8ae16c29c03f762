"""Pages about oneself and, for settings managers, about people and companies."""

from django.urls import path

from sarnakh.accounts.views import audit, companies, entrance, profile, users

app_name = "accounts"
urlpatterns = [
    path("link/<str:token>/", entrance.follow_link, name="link"),
    path("profile/", profile.profile, name="profile"),
    path("profile/preview/", profile.preview, name="preview"),
    path("profile/email/", profile.email, name="email"),
    path("profile/sessions/", profile.session_list, name="sessions"),
    path("profile/sessions/end/", profile.end_sessions, name="end_sessions"),
    path("profile/sessions/<int:pk>/end/", profile.end_session, name="end_session"),
    path("switch/", profile.switch, name="switch"),
    path("settings/users/", users.users, name="users"),
    path("settings/users/invite/", users.invite, name="invite"),
    path("settings/users/<int:pk>/", users.user, name="user"),
    *(
        path(
            f"settings/users/<int:pk>/{action}/",
            users.press,
            {"action": action},
            name=f"user_{action}",
        )
        for action in ("invite", "reset", "archive", "restore")
    ),
    path("settings/companies/", companies.companies, name="companies"),
    path("settings/companies/new/", companies.new_company, name="new_company"),
    path("settings/companies/<int:pk>/", companies.company, name="company"),
    path("settings/audit/", audit.audit_page, name="audit"),
]
