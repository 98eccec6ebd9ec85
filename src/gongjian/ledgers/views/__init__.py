"""Views: each reads one query or calls one action, and shows a page."""
