"""After the whole suite: does anything personal stand where the program left it unencrypted?"""
