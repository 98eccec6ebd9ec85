"""Precision enforcement (精准执法): which vehicles and companies to check first, learnt from past checks and said in words."""
