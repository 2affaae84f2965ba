"""What our own checks ask of this repository, one module per subject."""
