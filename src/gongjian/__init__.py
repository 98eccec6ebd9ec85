"""Gongjian (攻坚): a published action plan goes in as a document and comes out as a living, measured, closed loop."""
