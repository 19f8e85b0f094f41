package find

// SetBounds makes the ranges that a search does not gather small enough for tests.
func SetBounds(x *Index, rank, narrow int) {
	x.bounds = bounds{rank, narrow, 1 << 20, 1 << 20, 1 << 20}
}
