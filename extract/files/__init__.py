"""What a file is and what it brings along: PDF pages, images, plain text, old text layers."""
