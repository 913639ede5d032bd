"""Does the state take back its notice of withdrawal?"""
