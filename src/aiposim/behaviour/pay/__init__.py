"""What share of its dues does the state pay?"""
