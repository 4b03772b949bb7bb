// Nothing of its own: the headers that every folder of ui shares are compiled with it.
