"""What is measured of the program, each a script; README.md says how to run them."""
