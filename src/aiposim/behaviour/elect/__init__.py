"""How much does the state favour a nominee for Director, in an election?"""
