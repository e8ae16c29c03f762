"""Pure Python knowledge: text, digits, calendars, numbers, money, phones, e-mail.

Nothing here knows Django, a database or a request.
"""
