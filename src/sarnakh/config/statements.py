"""Putting statements together in a third of the time.

Django makes the text of every statement anew: for each of forty columns a name is
quoted, converters are looked up and, when the rows have an order, an identity is
computed from signatures. Together that takes longer than most of our statements run.
Here the list of a table's columns is made once for each model, and what does not
matter for an order by plain names is left out. The statements are the same, letter
by letter: `tests/safety/test_statements.py` compares them with Django's.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models.expressions import Col

MEMORY = "_select_of_all_columns"
Selected = tuple[Any, tuple[str, list[Any]], str | None]


class QuickSelect:
    """For Django's `SQLCompiler`, before it among the bases."""

    query: Any
    connection: Any
    select: Any

    def compile(self, node: Any) -> Any:
        """A plain column needs no detour."""
        if node.__class__ is Col and node.alias:
            quoted: Any = self.quote_name_unless_alias  # type: ignore[attr-defined]
            return f"{quoted(node.alias)}.{quoted(node.target.column)}", []
        return super().compile(node)  # type: ignore[misc]

    def get_select(self, with_col_aliases: bool = False) -> Any:
        """All columns of one table are listed once for each model."""
        model = None if with_col_aliases else self._whole_model()
        if model is None:
            return super().get_select(with_col_aliases)  # type: ignore[misc]
        known = model._meta.__dict__.get(MEMORY)
        if known is None:
            columns, _class, _annotations = super().get_select()  # type: ignore[misc]
            known = (columns, self.get_converters([one[0] for one in columns]))
            setattr(model._meta, MEMORY, known)
        else:
            # What making the columns would have done: the table is in the statement.
            self.query.get_initial_alias()
        columns = known[0]
        places = list(range(len(columns)))
        return list(columns), {"model": self.query.model, "select_fields": places}, {}

    def get_default_columns(
        self,
        select_mask: Any,
        start_alias: Any = None,
        opts: Any = None,
        from_parent: Any = None,
    ) -> Any:
        """Every column of a model without parents."""
        meta = opts or self.query.get_meta()
        if select_mask or meta is None or meta.parents:
            return super().get_default_columns(  # type: ignore[misc]
                select_mask, start_alias, opts, from_parent
            )
        alias = start_alias or self.query.get_initial_alias()
        return [field.get_col(alias) for field in meta.concrete_fields]

    def get_converters(self, expressions: Any) -> Any:
        """How values of the columns become those of Python."""
        expressions = list(expressions)
        model = self._whole_model()
        known = model._meta.__dict__.get(MEMORY) if model else None
        if known and _are(expressions, known[0]):
            return known[1]
        if any(one.__class__ is not Col for one in expressions):
            return super().get_converters(expressions)  # type: ignore[misc]
        found = {}
        of_backend = _of_backend(self.connection)
        for place, column in enumerate(expressions):
            field = column.output_field
            own = field.get_db_converters(self.connection)
            if field is not column.target and field != column.target:
                own = own + column.target.get_db_converters(self.connection)
            if of_backend:
                own = of_backend(column) + own
            if own:
                found[place] = (own, column)
        return found

    def _order_by_pairs(self) -> Any:
        """An order by names asks for the names of what is selected, never for its
        expressions, whose identities are dear."""
        select: Sequence[Selected] = self.select
        if not select or self.query.combinator or not self._orders_by_names():
            yield from super()._order_by_pairs()  # type: ignore[misc]
            return
        self.select = [(alias, text, alias) for _column, text, alias in select]
        try:
            found = list(super()._order_by_pairs())  # type: ignore[misc]
        finally:
            self.select = select
        for order, is_selected in found:
            if is_selected:
                place = order.expression
                place.source = select[place.ordinal - 1][0]
            yield order, is_selected

    def _orders_by_names(self) -> bool:
        query = self.query
        if query.extra_order_by:
            return False
        meta = query.get_meta() if query.default_ordering else None
        ordering = query.order_by or (meta.ordering if meta else ())
        return bool(ordering) and all(isinstance(name, str) for name in ordering)

    def _whole_model(self) -> Any:
        """The model whose columns are selected, all of them and nothing else."""
        query = self.query
        if (
            not query.default_cols
            or query.select_related
            or query.selected is not None
            or query.extra_select
            or query.annotation_select
            or query.deferred_loading != (frozenset(), True)
        ):
            return None
        meta = query.get_meta()
        if (
            meta is None
            or meta.parents
            or query.base_table not in {None, meta.db_table}
        ):
            return None
        return meta.model


def _are(expressions: Sequence[Any], columns: Sequence[Selected]) -> bool:
    return len(expressions) == len(columns) and all(
        one is column[0] for one, column in zip(expressions, columns, strict=True)
    )


def _of_backend(connection: Any) -> Any:
    """What the database itself converts; None for one that converts nothing."""
    own = type(connection.ops).get_db_converters
    converts = own is not BaseDatabaseOperations.get_db_converters
    return connection.ops.get_db_converters if converts else None
