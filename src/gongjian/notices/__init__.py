"""Delivering messages: one port, several couriers, an outbox that loses nothing."""
