"""The sample village: the stories of a spring in 隔坑村, told by the real services.

Nothing is prepared: every paper, figure and picture comes out of the same functions that the
window and the command line call. All people and firms are invented.
"""
