"""Does the state accept relief for another, at its own expense?"""
