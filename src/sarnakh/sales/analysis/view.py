"""The database view behind the sales analysis.

Quantities are kept in ten-thousandths and stay whole: they are converted by the sizes
of the units, which are kept in millionths. Amounts of other currencies take the rate of
their order, exactly as the order's own total did.
"""

SIZE = (
    "CASE {0}.size WHEN 'bigger' THEN 1.0 * {0}.ratio / 1000000 "
    "WHEN 'smaller' THEN 1000000.0 / {0}.ratio ELSE 1.0 END"
)
FACTOR = f"(({SIZE.format('lu')}) / ({SIZE.format('pu')}))"


def _converted(column: str) -> str:
    """A quantity of the line in the unit of its product."""
    return (
        f"CASE WHEN lu.id IS NULL OR lu.id = pu.id THEN {column} "
        f"ELSE CAST(ROUND({column} * {FACTOR}) AS BIGINT) END"
    )


def _own(column: str) -> str:
    """An amount of the line in the currency of the company."""
    return (
        f"CASE WHEN o.untaxed = o.company_untaxed OR o.untaxed = 0 THEN {column} "
        f"ELSE CAST(ROUND(1.0 * {column} * o.company_untaxed / o.untaxed) AS BIGINT) END"
    )


GROSS = (
    "CASE WHEN l.discount >= 10000 OR l.discount = 0 THEN 0 "
    "ELSE CAST(ROUND(1.0 * l.subtotal * l.discount / (10000 - l.discount)) AS BIGINT) END"
)

CREATE = f"""CREATE VIEW sales_analysis AS
SELECT l.id, l.order_id, o.state, o.invoice_status, o.ordered_at, o.customer_id,
  c.country, c.state AS province, o.salesperson_id, o.team_id, o.company_id,
  o.pricelist_id, o.template_id, o.campaign_id, o.medium_id, o.source_id,
  l.product_id, p.category_id, p.unit_id,
  {_converted("l.quantity")} AS quantity,
  {_converted("l.delivered")} AS delivered,
  {_converted("l.quantity - l.delivered")} AS to_deliver,
  {_converted("l.invoiced")} AS invoiced,
  {_own("l.subtotal")} AS untaxed,
  {_own("l.total")} AS total,
  {_own("l.untaxed_invoiced")} AS untaxed_invoiced,
  {_own(f"({GROSS})")} AS discount_amount,
  {_own("l.margin")} AS margin
FROM sales_orderline l
JOIN sales_order o ON o.id = l.order_id
JOIN contacts_contact c ON c.id = o.customer_id
LEFT JOIN catalog_product p ON p.id = l.product_id
LEFT JOIN catalog_unit lu ON lu.id = l.unit_id
LEFT JOIN catalog_unit pu ON pu.id = p.unit_id
WHERE l.kind = 'product' AND NOT l.is_downpayment"""
DROP = "DROP VIEW sales_analysis"
