"""Pages open to all: home, the grid, published results, legal notices."""
