// Package activity is the closed tree of things that a party may want to do and
// that a measure may restrict.
//
// A leaf is one such thing, as "air-travel.business" or "procurement.bid". The
// part before a dot is a branch, and a branch stands for all its leaves:
//
//	leaf, ok := activity.Find("procurement.bid")
//	activity.Covers("procurement", "procurement.bid") // true
//	for _, leaf := range activity.Leaves("procurement") { ... }
//	err := activity.Check("health-care") // no measure may name it, and why
//
// The tree is compiled in and ordered by the bytes of its ids, so that the
// leaves of a branch stand together. Ids are for ever: a leaf is never removed,
// renamed or given another meaning, and a new one comes with a new [Version].
//
// Leaves tagged [Essential] are what article 7 of the charter puts out of reach
// of any measure; leaves tagged [Forbidden] are the exercise of rights, which no
// register of standing has a say in. They are in the tree so that a question
// about them has an answer and a rulebook that names them a reason.
package activity

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// Version numbers the editions of the tree. A leaf says since which it is there.
const Version = 1

// Tag says whether a measure may name a leaf.
type Tag string

// The tags.
const (
	Open      Tag = ""          // a measure may name it
	Essential Tag = "essential" // article 7 of the charter
	Forbidden Tag = "forbidden" // the exercise of a right
)

// Leaf is one activity.
type Leaf struct {
	ID          string
	Tag         Tag
	Since       int    // Version that brought it
	English     string // title
	Chinese     string // title
	Description string // one line in English: what is meant, and what is not
}

// Tree is every leaf, ordered by ID.
func Tree() []Leaf { return slices.Clone(leaves[:]) }

// Find is the leaf of that id, and false for a branch or an unknown id.
func Find(id string) (Leaf, bool) {
	at, ok := search(id)
	if !ok {
		return Leaf{}, false
	}
	return leaves[at], true
}

// Leaves are the leaves that id covers: the leaf itself, or those of the branch,
// ordered by ID. There is none for an unknown id.
func Leaves(id string) []Leaf {
	if leaf, ok := Find(id); ok {
		return []Leaf{leaf}
	}
	first, _ := search(id + ".")
	last := first
	for last < len(leaves) && Covers(id, leaves[last].ID) {
		last++
	}
	return slices.Clone(leaves[first:last])
}

// search is the place of the leaf, or where it would stand.
func search(id string) (int, bool) {
	return slices.BinarySearchFunc(leaves[:], id, func(l Leaf, id string) int { return cmp.Compare(l.ID, id) })
}

// Covers reports whether id is leaf itself or a branch above it.
func Covers(id, leaf string) bool {
	return id != "" && (id == leaf || strings.HasPrefix(leaf, id+"."))
}

// Children are the ids directly below a branch, in order, leaves and branches
// alike; those of "" are the top of the tree.
func Children(id string) []string {
	prefix := id + "."
	if id == "" {
		prefix = ""
	}
	var children []string
	for _, leaf := range leaves {
		rest, below := strings.CutPrefix(leaf.ID, prefix)
		if !below {
			continue
		}
		segment, _, _ := strings.Cut(rest, ".")
		if child := prefix + segment; !slices.Contains(children, child) {
			children = append(children, child)
		}
	}
	return children
}

// IsEssential reports whether id is essential or covers a leaf that is.
func IsEssential(id string) bool { return hasTag(id, Essential) }

// IsForbidden reports whether id is forbidden or covers a leaf that is.
func IsForbidden(id string) bool { return hasTag(id, Forbidden) }

func hasTag(id string, tag Tag) bool {
	return slices.ContainsFunc(Leaves(id), func(l Leaf) bool { return l.Tag == tag })
}

// Check reports why no measure may name id: it is not in the tree, or it is or
// covers a leaf that is essential or forbidden. A nil error allows it.
func Check(id string) error {
	covered := Leaves(id)
	if len(covered) == 0 {
		return fmt.Errorf("activity %q: not in the tree of activities, version %d", id, Version)
	}
	for _, leaf := range covered {
		switch leaf.Tag {
		case Essential:
			return fmt.Errorf("activity %q: %s (%s) is essential and out of reach of any measure (charter 7)", id, leaf.ID, leaf.English)
		case Forbidden:
			return fmt.Errorf("activity %q: %s (%s) is the exercise of a right, which no measure may restrict", id, leaf.ID, leaf.English)
		}
	}
	return nil
}

// Title is the title of a leaf or branch in Chinese if lang is "zh" and in
// English otherwise; an unknown id is its own title.
func Title(id, lang string) string {
	english, chinese := id, id
	if leaf, ok := Find(id); ok {
		english, chinese = leaf.English, leaf.Chinese
	} else if at, ok := slices.BinarySearchFunc(branches[:], id, func(b branch, id string) int { return cmp.Compare(b.id, id) }); ok {
		english, chinese = branches[at].english, branches[at].chinese
	}
	if lang == "zh" {
		return chinese
	}
	return english
}

// Text is the tree as text, one line per leaf and per branch: the bytes that
// [Digest] covers.
func Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "activities version %d\n", Version)
	for _, l := range leaves {
		fmt.Fprintf(&b, "%s\t%s\t%d\t%s\t%s\t%s\n", l.ID, l.Tag, l.Since, l.English, l.Chinese, l.Description)
	}
	for _, c := range branches {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", c.id, c.english, c.chinese)
	}
	return b.String()
}

// Digest is the SHA-256 of [Text]: a decision that names activities cites it.
func Digest() [32]byte { return sha256.Sum256([]byte(Text())) }
