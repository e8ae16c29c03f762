"""Where a record's conversation is opened."""


def address(record_type_name: str, record_id: int) -> str:
    """The path of the form that shows a record with its conversation."""
    return f"/{record_type_name}/{record_id}"
