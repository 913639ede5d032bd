"""How many persons does the state send to a crisis?"""
