"""Fields that users add themselves: definitions on an owner, values below it."""
