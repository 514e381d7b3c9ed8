"""What the sections of the body are about, and what their sentences lay down: aims and duties."""
