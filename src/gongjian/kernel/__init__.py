"""Pure words shared by every room: deadlines, months, working days, flows."""
