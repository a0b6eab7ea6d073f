"""What the models share: checked arrays, special functions, Newton's method, work in chunks."""
