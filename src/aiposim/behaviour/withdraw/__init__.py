"""Does the state give notice of withdrawal?"""
