"""Does the government attend this session of the Council?"""
