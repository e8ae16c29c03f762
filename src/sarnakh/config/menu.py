"""The menu: who finds what where. What somebody may not use is absent."""

from dataclasses import dataclass, field
from functools import cache, cached_property

from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.config.screens import SCREENS
from sarnakh.demo import queries as demo
from sarnakh.discussion.queries import unread_total
from sarnakh.money import settings as trade
from sarnakh.records import rows
from sarnakh.teams.models import SalesSettings


@cache
def _address(name: str) -> str:
    """Addresses of places stay the same; every page names forty."""
    return reverse(name)


@dataclass(frozen=True)
class Entry:
    """A line of a menu."""

    label: str
    url: str
    icon: str = ""
    keys: str = ""
    title: str = ""
    is_current: bool = False
    is_make: bool = False
    badge: int = 0


@dataclass(frozen=True)
class Part:
    """A drop-down of the top bar, or a plain link."""

    label: str
    entries: list[Entry] = field(default_factory=list)
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Menu:
    """Everything that the frame of a page offers to one person."""

    path: str
    actor: Actor

    @cached_property
    def parts(self) -> list[Part]:
        """The drop-downs of the top bar."""
        found = [
            self._part(_("Sales"), self.sales),
            self._part(_("Products"), self.products),
            self._part(_("Rental"), self.rentals),
            self._part(_("Delivery"), self.deliveries),
            self._part(_("Invoicing"), self.invoicing),
            self._part(_("Contacts"), self.directory),
            self._part(_("Configuration"), self.configuration),
        ]
        return [part for part in found if part.entries]

    @cached_property
    def sales(self) -> list[Entry]:
        """What a salesperson lives in."""
        return [
            *self._screen("pipeline", _("My pipeline"), "layout-kanban", "G P"),
            *(
                self._screen("leads", _("Leads"), "inbox", "")
                if self._uses_leads
                else []
            ),
            *self._screen("quotations", _("My quotations"), "receipt", "G Q"),
            *self._screen("orders", pgettext("sales", "Orders"), "file-invoice", "G O"),
            *self._screen("orders-to-invoice", _("Orders to invoice"), "inbox", ""),
            self._entry(
                _("My activities"), _address("activities:mine"), "clock", "G A"
            ),
            *(
                [self._entry(_("Teams"), _address("dashboard:teams"), "users", "G T")]
                if rows.may(_BY_SLUG["pipeline"].type, self.actor, "read")
                else []
            ),
            *self._screen("subscriptions", _("Subscriptions"), "refresh", ""),
            *(
                [
                    self._entry(
                        _("Recurring revenue"),
                        _address("recurring:revenue"),
                        "chart-bar",
                    )
                ]
                if rows.may(_BY_SLUG["subscriptions"].type, self.actor, "read")
                else []
            ),
            *self._screen("sales-analysis", _("Sales analysis"), "list-details", ""),
        ]

    @cached_property
    def rentals(self) -> list[Entry]:
        """What is out and comes back."""
        found = self._screen("rentals", _("Rentals"), "clock", "")
        if found:
            found.append(
                self._entry(
                    _("Rental schedule"), _address("rental:schedule"), "calendar"
                )
            )
        if self.actor.has(Role.SALES_MANAGER):
            found += [
                *self._screen("rental-prices", _("Rental prices"), "tag", ""),
                *self._screen("rental-terms", _("Rental terms"), "list-details", ""),
            ]
        return found

    @cached_property
    def deliveries(self) -> list[Entry]:
        """What leaves the warehouse and what lies in it."""
        return [
            *self._screen("deliveries", _("Deliveries"), "truck-delivery", "G D"),
            *self._screen("stock", _("Stock"), "package", ""),
        ]

    @cached_property
    def products(self) -> list[Entry]:
        """What is sold, and for how much."""
        return [
            *self._screen("products", _("Products"), "tag", ""),
            *self._screen("product-variants", _("Variants"), "copy", ""),
            *self._screen("pricelists", _("Price lists"), "receipt", ""),
            *self._screen("product-categories", _("Categories"), "list-details", ""),
        ]

    @cached_property
    def invoicing(self) -> list[Entry]:
        """Invoices, what was paid and what is still owed."""
        if not rows.may(_BY_SLUG["invoices"].type, self.actor, "read"):
            return []
        return [
            *self._screen("invoices", _("Invoices"), "file-invoice", "G I"),
            *self._screen("payments", _("Payments"), "currency-dollar", ""),
            self._entry(_("Ageing"), _address("invoicing:ageing"), "hourglass"),
            *self._screen("invoice-lines", _("Invoice analysis"), "chart-bar", ""),
            *self._screen("payment-allocations", _("Allocations"), "link", ""),
        ]

    @cached_property
    def directory(self) -> list[Entry]:
        """People and companies."""
        return [
            *self._screen("contacts", _("Contacts"), "user", "G C"),
            *self._screen("contact-tags", _("Contact tags"), "tag", ""),
        ]

    @cached_property
    def configuration(self) -> list[Entry]:
        """Lists and settings of administrators."""
        manager = self.actor.has(Role.SALES_MANAGER)
        found = []
        if manager or self.actor.has(Role.ADMINISTRATOR):
            found.append(
                self._entry(_("Settings"), _address("crm:settings"), "settings")
            )
        elif trade.may_change(self.actor):
            found.append(
                self._entry(_("Settings"), _address("money:settings"), "settings")
            )
        if manager:
            found += [
                *self._screen("teams", _("Sales teams"), "users", ""),
                *self._screen("team-members", _("Team members"), "user-plus", ""),
                *self._screen("stages", _("Stages"), "columns", ""),
                *self._screen(
                    "quotation-templates", _("Quotation templates"), "receipt", ""
                ),
                *self._screen(
                    "customer-terms", _("Terms of customers"), "checklist", ""
                ),
                *self._screen(
                    "quotation-templates", _("Quotation templates"), "receipt", ""
                ),
                *self._screen(
                    "customer-terms", _("Terms of customers"), "checklist", ""
                ),
                *self._screen("promotion-programs", _("Promotions"), "percentage", ""),
                *self._screen("coupons", _("Coupons"), "tag", ""),
                *self._screen("billing-plans", _("Billing plans"), "refresh", ""),
                *self._screen("close-reasons", _("Close reasons"), "mood-sad", ""),
                *self._screen("tags", _("Tags"), "tag", ""),
                *self._screen("lost-reasons", _("Lost reasons"), "mood-sad", ""),
                *self._screen("activity-types", _("Activity types"), "checklist", ""),
                *self._screen("campaigns", _("Campaigns"), "flag", ""),
                *self._screen("warehouses", _("Warehouses"), "building-warehouse", ""),
                *self._screen(
                    "shipping-methods", _("Shipping methods"), "truck-delivery", ""
                ),
                *self._screen("units", _("Units of measure"), "adjustments", ""),
                *self._screen("attributes", _("Attributes"), "palette", ""),
                *self._screen("mediums", _("Media"), "world", ""),
                *self._screen("sources", _("Sources"), "map-pin", ""),
                *(
                    self._screen("recurring-plans", _("Recurring plans"), "refresh", "")
                    if self._frame[3]
                    else []
                ),
            ]
        if trade.may_change(self.actor):
            found += [
                *self._screen("journals", _("Journals"), "bookmark", ""),
                *self._chains,
                *self._screen("taxes", _("Taxes"), "percentage", ""),
                *self._screen("tax-groups", _("Tax groups"), "stack-2", ""),
                *self._screen("fiscal-positions", _("Fiscal positions"), "map-2", ""),
                *self._screen("payment-terms", _("Payment terms"), "calendar-due", ""),
                *self._screen(
                    "currency-rates", _("Currency rates"), "currency-dollar", ""
                ),
                *self._screen("cash-roundings", _("Cash roundings"), "coins", ""),
            ]
        found += self._screen("mail-templates", _("Mail templates"), "mail", "")
        return found + self.administration

    @property
    def _chains(self) -> list[Entry]:
        if not self.actor.has(Role.BILLING):
            return []
        return [
            self._entry(_("Chains of numbers"), _address("invoicing:chains"), "list")
        ]

    @cached_property
    def administration(self) -> list[Entry]:
        """Users, companies and the audit log."""
        if not self.actor.has(Role.ADMINISTRATOR):
            return []
        return [
            self._entry(_("Users"), _address("accounts:users"), "users"),
            self._entry(_("Companies"), _address("accounts:companies"), "building"),
            self._entry(_("Audit log"), _address("accounts:audit"), "history"),
            *self._screen("letters", _("Outgoing mail"), "send", ""),
        ]

    @property
    def settings(self) -> list[Entry]:
        """The side of the settings pages."""
        found = []
        if self.actor.has(Role.SALES_MANAGER) or self.actor.has(Role.ADMINISTRATOR):
            found.append(self._entry(_("CRM"), _address("crm:settings"), "target"))
        if trade.may_change(self.actor):
            label = pgettext("settings", "Trade")
            found.append(self._entry(label, _address("money:settings"), "receipt"))
        return [
            *found,
            *self.administration,
            *self._demo,
        ]

    @property
    def _demo(self) -> list[Entry]:
        """The way to remove the demo, while there is one."""
        if not self.actor.has(Role.ADMINISTRATOR) or not demo.is_loaded():
            return []
        return [self._entry(_("Demo data"), _address("demo:remove"), "trash")]

    @cached_property
    def creates(self) -> list[Entry]:
        """What the plus offers."""
        wanted = (
            ("pipeline", _("Opportunity"), "target"),
            ("quotations", _("Quotation"), "receipt"),
            ("contacts", _("Contact"), "user"),
        )
        return [
            Entry(label, _address(f"{slug}:create"), icon)
            for slug, label, icon in wanted
            if rows.may(_BY_SLUG[slug].type, self.actor, "create")
        ]

    @cached_property
    def personal(self) -> list[Entry]:
        """The person's own pages."""
        return [
            Entry(_("Preferences"), _address("accounts:profile"), "adjustments"),
            Entry(_("Sessions"), _address("accounts:sessions"), "device-desktop"),
            Entry(_("API keys"), _address("api-keys:list"), "key"),
        ]

    @cached_property
    def places(self) -> list[Entry]:
        """Five places of the bar at the bottom of a phone."""
        found = [*self._screen("pipeline", _("Opportunities"), "layout-kanban", "")]
        found += self._screen("contacts", _("Contacts"), "user", "")
        if self.creates:
            slug = "contacts" if self.path.startswith("/contacts/") else "pipeline"
            found.append(
                Entry(_("New"), _address(f"{slug}:create"), "plus", is_make=True)
            )
        found.append(
            Entry(
                _("Activities"),
                _address("activities:mine"),
                "clock",
                is_current=self.path.startswith("/activities/"),
                badge=self.due,
            )
        )
        found.append(self._entry(_("Me"), _address("accounts:profile"), "menu-2"))
        return found

    @property
    def due(self) -> int:
        """Activities that are late or due today."""
        return self._frame[0]

    @property
    def unread(self) -> int:
        """Notifications not looked at."""
        return self._frame[1]

    @cached_property
    def _frame(self) -> tuple[int, int, bool, bool]:
        """Everything the frame asks the database, in one statement: it is on every
        page. Due, unread, whether leads and recurring revenues are on."""
        user = self.actor.user_id or 0
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_FRAME, [user, now, user, SalesSettings.ONLY])
            due, has_unread, leads, recurring = cursor.fetchone()
        # Which of them are about records that are still open costs more to ask.
        unread = unread_total(self.actor) if has_unread else 0
        return due, unread, bool(leads), bool(recurring)

    @cached_property
    def companies(self) -> list[Company]:
        """Companies of the switcher."""
        user = self.actor.user
        return (
            list(user.companies.order_by("pk"))
            if user and len(self.actor.allowed_ids) > 1
            else []
        )

    due_url = property(lambda self: _address("activities:mine"))
    inbox_url = property(lambda self: _address("discussion:inbox"))
    company_url = property(lambda self: _address("accounts:switch"))
    logout_url = property(lambda self: _address("account_logout"))

    @cached_property
    def _uses_leads(self) -> bool:
        return self._frame[2]

    def _screen(self, slug: str, label: str, icon: str, keys: str) -> list[Entry]:
        if not rows.may(_BY_SLUG[slug].type, self.actor, "read"):
            return []
        return [self._entry(label, _address(f"{slug}:browse"), icon, keys)]

    def _entry(self, label: str, url: str, icon: str, keys: str = "") -> Entry:
        return Entry(label, url, icon, keys, is_current=self.path == url)

    def _part(self, label: str, entries: list[Entry]) -> Part:
        here = any(self.path.startswith(entry.url) for entry in entries)
        return Part(label, entries, is_current=here)


# Written out: building the same statement anew takes longer than a database needs
# to answer it.
_FRAME = (
    "SELECT (SELECT COUNT(*) FROM activities_activity WHERE user_id = %s "
    "AND done_at IS NULL AND today_from <= %s), "
    "EXISTS (SELECT 1 FROM discussion_notification WHERE user_id = %s "
    "AND read_at IS NULL), uses_leads, uses_recurring_revenue "
    "FROM (SELECT 1) AS one LEFT JOIN teams_salessettings "
    "ON teams_salessettings.id = %s"
)
_BY_SLUG = {screen.slug: screen for screen in SCREENS}


def menu(request: HttpRequest, actor: Actor) -> Menu:
    """The menu for a page."""
    return Menu(request.path, actor)
