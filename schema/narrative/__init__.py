"""What the sentences of the body lay down: aims and duties."""
