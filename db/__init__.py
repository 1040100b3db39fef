"""What we keep: every table, and the one way to open the file that holds them."""
