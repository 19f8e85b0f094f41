package find

// docSet is a set of documents. The zero value is empty.
type docSet struct {
	slots []uint32 // document + 1; 0: free
	n     int
}

// slot is where a document is, or would be.
func (s *docSet) slot(doc uint32) *uint32 {
	mask := uint32(len(s.slots) - 1)
	for i := doc * 0x9E3779B1 >> 7 & mask; ; i = (i + 1) & mask {
		if s.slots[i] == 0 || s.slots[i] == doc+1 {
			return &s.slots[i]
		}
	}
}

func (s *docSet) has(doc uint32) bool { return s.n > 0 && *s.slot(doc) != 0 }

// add reports whether the document was not in the set.
func (s *docSet) add(doc uint32) bool {
	if 2*s.n >= len(s.slots) {
		old := s.slots
		s.slots = make([]uint32, max(16, 2*len(old)))
		for _, d := range old {
			if d != 0 {
				*s.slot(d - 1) = d
			}
		}
	}
	at := s.slot(doc)
	if *at != 0 {
		return false
	}
	*at = doc + 1
	s.n++
	return true
}
