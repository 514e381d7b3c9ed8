"""Values in fixed shapes: dates and times, quantities, money, numerals."""
