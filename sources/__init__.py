"""What the world says: one adapter a file, and the vocabulary that they all speak."""
