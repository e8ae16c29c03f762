"""The business says no."""


class Refused(Exception):
    """Something is not allowed for a reason the user can understand.

    ``message`` is an already translated sentence for the user; ``code`` is a stable
    English word for programs and tests.
    """

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return str(self.message)
