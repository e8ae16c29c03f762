"""The log-in pages, under the names by which the log-in library knows them.

Only what Sarnakh uses: no sign-up, no free choice of addresses, no pass keys.
"""

from django.urls import path

from sarnakh.accounts.views import entrance

urlpatterns = [
    path("login/", entrance.Login.as_view(), name="account_login"),
    path("logout/", entrance.Logout.as_view(), name="account_logout"),
    path("inactive/", entrance.Inactive.as_view(), name="account_inactive"),
    path(
        "password/", entrance.ChangePassword.as_view(), name="account_change_password"
    ),
    path("password/reset/", entrance.AskReset.as_view(), name="account_reset_password"),
    path(
        "password/reset/sent/",
        entrance.ResetAsked.as_view(),
        name="account_reset_password_done",
    ),
    path("confirm/", entrance.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("code/", entrance.Code.as_view(), name="mfa_authenticate"),
    path("code/confirm/", entrance.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("two-factor/", entrance.SecondFactor.as_view(), name="mfa_index"),
    path("two-factor/on/", entrance.ActivateCode.as_view(), name="mfa_activate_totp"),
    path(
        "two-factor/off/", entrance.DeactivateCode.as_view(), name="mfa_deactivate_totp"
    ),
    path(
        "two-factor/recovery/",
        entrance.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "two-factor/recovery/new/",
        entrance.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]
