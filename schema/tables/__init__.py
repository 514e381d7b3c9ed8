"""Tables with cells: from grids of pages to rows of tasks and aims."""
