"""What a person can ask and tell by voice, and what a language model can use."""
