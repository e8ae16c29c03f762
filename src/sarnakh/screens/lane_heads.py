"""Heads of lanes, put together from strings: as templates they would take as long as
all the cards below them. Every value goes through `escape` here."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.lib import money
from sarnakh.lib.numbers import format_number
from sarnakh.ui.templatetags.ui import icon

SMALL = "button quiet icon-only small"


def head(lane: Any, page: Mapping[str, Any]) -> str:
    """Name, number, tools, activity bar and sum of a lane; `page` is the context."""
    group = lane.group
    key, label = escape(group.key), escape(group.label)
    requirements = getattr(group.record, "requirements", "")
    title = f' title="{escape(requirements)}"' if requirements else ""
    count = escape(format_number(lane.shown_count, page["profile"]))
    return (
        f'<header class="column-head" id="head-{key}"><div class="column-name">'
        f'<h2 id="name-{key}"{title}>{label}</h2><span class="count">{count}</span>'
        f'<span class="column-tools">{_adding(group, page)}{_menu(group, page)}</span>'
        f'</div>\n<div class="column-sum">{_bar(lane, page)}{_sum(group, page)}</div>'
        "</header>"
    )


def more(lane: Any, page: Mapping[str, Any]) -> str:
    """The link that brings the next cards of a lane; "" when all are there."""
    if not lane.more:
        return ""
    query = f"{page['look'].state.query()}&from={lane.next}"
    address = escape(f"{page['base']}more/{lane.group.key}?{query}")
    number = format_number(lane.more, page["profile"])
    words = escape(_("Load more (%(n)s remaining)") % {"n": number})
    return (
        f'<a class="button quiet small load-more" href="{address}" hx-get="{address}"'
        f' hx-swap="outerHTML" hx-target="this">{words}</a>'
    )


def _adding(group: Any, page: Mapping[str, Any]) -> str:
    if not (page["head"].may_create and page["board"].quick):
        return ""
    address = f"{page['base']}quick?{page['look'].state.query()}&lane={group.key}"
    label = _("Add in %(name)s") % {"name": group.label}
    return (
        f'<a class="{SMALL}" href="{escape(address)}" data-quick="{escape(group.key)}"'
        f' aria-label="{escape(label)}">{icon("plus")}</a>'
    )


def _menu(group: Any, page: Mapping[str, Any]) -> str:
    label = _("Menu of %(name)s") % {"name": group.label}
    may_edit = page["may_edit_lanes"] and page["is_staged"] and group.record
    return (
        f'<details class="menu end"><summary class="{SMALL}"'
        f' aria-label="{escape(label)}">{icon("dots")}</summary>'
        '<div class="menu-panel"><button class="menu-item" type="button"'
        f' data-fold="{escape(group.key)}">{icon("minus")}'
        f"<span>{escape(_('Fold'))}</span></button>"
        f"{_stage_tools(group, page) if may_edit else ''}</div></details>"
    )


def _stage_tools(group: Any, page: Mapping[str, Any]) -> str:
    pk = group.record.pk
    sure = escape(_("Delete the stage %(name)s?") % {"name": group.label})
    return (
        f'<a class="menu-item" href="/stages/{pk}">{icon("pencil")}'
        f"<span>{escape(_('Edit stage'))}</span></a>"
        f'<form method="post" action="{escape(page["base"])}lanes/{pk}">'
        '<input type="hidden" name="csrfmiddlewaretoken"'
        f' value="{escape(str(page["csrf_token"]))}">'
        '<input type="hidden" name="state"'
        f' value="{escape(page["look"].state.query())}">'
        '<button class="menu-item" name="do" value="earlier">'
        f"{icon('arrow-left')}<span>{escape(_('Move earlier'))}</span></button>"
        '<button class="menu-item" name="do" value="later">'
        f"{icon('arrow-right')}<span>{escape(_('Move later'))}</span></button>"
        '<button class="menu-item danger" name="do" value="delete"'
        f' data-confirm="{sure}">{icon("trash")}'
        f"<span>{escape(_('Delete stage'))}</span></button></form>"
    )


def _bar(lane: Any, page: Mapping[str, Any]) -> str:
    if not lane.segments:
        return "<span></span>"
    words = {
        "overdue": _("%(n)s overdue"),
        "today": _("%(n)s due today"),
        "planned": _("%(n)s planned"),
        "none": _("%(n)s without activity"),
    }
    drawn = "".join(_segment(one, words[one.state], page) for one in lane.segments)
    label = escape(_("Activity states"))
    return (
        '<svg class="activity-bar" viewBox="0 0 1000 24" preserveAspectRatio="none"'
        f' role="group" aria-label="{label}">{drawn}</svg>'
    )


def _segment(segment: Any, words: str, page: Mapping[str, Any]) -> str:
    look = "late" if segment.state == "overdue" else segment.state
    on = " on" if segment.is_on else ""
    label = escape(words % {"n": format_number(segment.count, page["profile"])})
    return (
        f'<a href="{escape(page["base"])}?{escape(segment.query)}" class="{look}{on}"'
        f' aria-label="{label}"><rect class="hit" x="{segment.start}" y="0"'
        f' width="{segment.length}" height="24"/><rect x="{segment.start}" y="9"'
        f' width="{segment.drawn}" height="6" rx="2"/></a>'
    )


def _sum(group: Any, page: Mapping[str, Any]) -> str:
    board = page["board"]
    if not board.total:
        return ""
    shown = _amount(group.sums.get(board.total), page)
    if board.second_total and page["shows_recurring"]:
        shown += f" + {_amount(group.sums.get(board.second_total), page)}"
    return f'<span class="sum">{shown}</span>'


def _amount(minor: int | None, page: Mapping[str, Any]) -> str:
    if minor is None:
        return ""
    profile, currency = page["profile"], page["look"].currency
    exact = money.format_money(minor, currency, profile)
    short = money.format_money(minor, currency, profile, compact=True)
    return (
        f'<data class="money" value="{minor}" title="{escape(exact)}">{escape(short)}'
        "</data>"
    )
