"""The forms of a phone: sent as they are, or put together by the script from a draft."""
