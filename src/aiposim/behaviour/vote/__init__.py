"""Does the government vote for the motion?"""
