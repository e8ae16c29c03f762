"""How sales teams and their members come in from files."""

from sarnakh.exchange.traits import ImportTraits, Matcher

TEAM_IMPORT = ImportTraits(
    matchers=(Matcher(field="name", column="name", key=str.strip),),
    template=("id", "name", "leader", "company", "alias", "invoicing_target"),
    example={"id": "crm.t1", "name": "فروش تهران"},
)
