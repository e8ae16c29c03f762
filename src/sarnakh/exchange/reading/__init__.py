"""Reading uploaded tables: spreadsheets and delimited text, in a confined process."""
