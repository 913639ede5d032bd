"""Does the state leave an area of work?"""
