"""The live release and the questions asked of it: the only door to the warehouse. A page and its file start here alike."""
