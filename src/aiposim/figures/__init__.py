"""Figures: one file a figure, one function of the file's name, `figure(table, ..., words) -> Figure`.

A figure draws what the table says. It does not compute, save or show; every word and every number on it comes
from `words`. What one figure has to keep, so that a page of them reads as one:

- axes say what they show and in which unit; nothing is cut off or laid over anything else;
- colours can be told apart by the colour-blind (Okabe & Ito 2008), and never carry a meaning alone: a sign, a
  line style or a word says the same;
- Matplotlib's objects only (`Figure`), never pyplot, which keeps state and opens windows.
"""
