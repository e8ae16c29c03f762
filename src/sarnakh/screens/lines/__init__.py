"""Lines on a form: records that belong to another one, edited where it is."""
