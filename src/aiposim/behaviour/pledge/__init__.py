"""How much does the state pledge, when contributions are voluntary?"""
