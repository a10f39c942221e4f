"""The subjects of an open village, put together by what they are about.

Each file joins the services of one part of the house; `Village` joins the parts.
"""
