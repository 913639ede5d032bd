"""Does the state object to a nominee for Director?"""
