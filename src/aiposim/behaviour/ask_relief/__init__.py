"""Does the state ask for relief from its share?"""
