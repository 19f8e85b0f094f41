package match

// distance is the number of ASCII letters to change, insert or leave out to make b of
// a, or limit+1 if it is more; a transposition of neighbours counts one (Hyyrö
// 2003, after Myers 1999: all rows of the matrix in the bits of a word).
// Strings over 64 bytes are compared by their first 64.
func distance(a, b string, limit int) int {
	if len(a) > 64 {
		a = a[:64]
	}
	if len(b) > 64 {
		b = b[:64]
	}
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return min(len(a)+len(b), limit+1)
	}
	var peq [128]uint64
	for i := range len(a) {
		peq[a[i]&127] |= 1 << i
	}
	last := uint64(1) << (len(a) - 1)
	vp, vn := ^uint64(0), uint64(0)
	var d0, before uint64
	score := len(a)
	for i := range len(b) {
		eq := peq[b[i]&127]
		tr := ((^d0 & eq) << 1) & before
		d0 = ((eq&vp + vp) ^ vp) | eq | vn | tr
		hp := vn | ^(d0 | vp)
		hn := vp & d0
		if hp&last != 0 {
			score++
		} else if hn&last != 0 {
			score--
		}
		if score-(len(b)-1-i) > limit {
			return limit + 1
		}
		hp, hn = hp<<1|1, hn<<1
		vp, vn = hn|^(d0|hp), hp&d0
		before = eq
	}
	return min(score, limit+1)
}

// allowed is how many letters may differ in a word.
func allowed(length int) int {
	switch {
	case length < 3:
		return 0
	case length < 5:
		return 1
	case length < 12:
		return 2
	}
	return 3
}
