"""The rules of the institution: one folder a family, one file a rule, one function of the file's name."""
