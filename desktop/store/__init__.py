"""Where it is kept: the only package that knows which database engine this is."""
