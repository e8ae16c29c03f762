"""The addresses of a screen."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path

from sarnakh.screens import filter_editor, find, saved, selected, views
from sarnakh.screens.lines import views as lines
from sarnakh.screens.screen import Screen


def urls_for(screen: Screen) -> URLResolver:
    """All addresses of one screen under its slug."""

    def at(route: str, view: Any, name: str) -> URLPattern:
        return path(route, view, {"screen": screen}, name=name)

    patterns = [
        at("", views.browse, "browse"),
        at("new", views.create, "create"),
        at("quick", views.quick, "quick"),
        at("fill", views.fill, "fill"),
        at("more/<str:key>", views.more, "more"),
        at("lane/<str:key>", views.lane, "lane"),
        at("suggest", find.suggest, "suggest"),
        at("choose/<slug:field>", find.choose, "choose"),
        at("columns", saved.columns, "columns"),
        at("favourites", saved.save, "favourites"),
        at("favourites/<int:pk>/delete", saved.delete, "favourite-delete"),
        at("filter", filter_editor.edit, "filter"),
        at("filter/rows", filter_editor.rebuild, "filter-rows"),
        at("filter/fields", filter_editor.fields, "filter-fields"),
        at("filter/values/<str:path>", filter_editor.values, "filter-values"),
        at("bulk/<slug:name>", selected.bulk, "bulk"),
        at("edit-many", selected.edit_many, "edit-many"),
        at("lanes", selected.lanes, "lanes"),
        at("lanes/<int:pk>", selected.edit_lane, "lane-edit"),
        at("<int:pk>", views.change, "record"),
        at("<int:pk>/delete", views.delete, "delete"),
        at("<int:pk>/move", views.move, "move"),
        at("<int:pk>/step", views.step, "step"),
        at("<int:pk>/set/<slug:field>", views.star, "set"),
        at("<int:pk>/lines/<slug:name>", lines.lines, "lines"),
        at("<int:pk>/lines/<slug:name>/order", lines.order, "lines-order"),
        at("<int:pk>/lines/<slug:name>/<int:line>", lines.line, "line"),
        at("<int:pk>/lines/<slug:name>/<int:line>/delete", lines.remove, "line-delete"),
        at(
            "<int:pk>/lines/<slug:name>/choose/<slug:field>",
            lines.choose,
            "lines-choose",
        ),
        at("<int:pk>/press/<slug:command>", views.press, "press"),
    ]
    return path(
        f"{screen.slug}/", include((patterns, "sarnakh.screens"), namespace=screen.slug)
    )
