package api

// The bounds of what one request may ask.
const (
	MaxBatch          = 1000     // questions in one batch
	MaxLines          = 100_000  // questions in one stream of lines
	MaxStatementBytes = 32 << 20 // bytes of a statement in wire form
)

// Outcome is what a question of a batch came to: the answer, or why there is
// none. Exactly one is set. Outcomes stand in the order of their questions.
type Outcome struct {
	Answer  *Answer  `json:"answer,omitempty"`
	Problem *Problem `json:"problem,omitempty"`
}

// VersionView says how many acts a case has.
type VersionView struct {
	Case    string `json:"case"`
	Version uint64 `json:"version"`
}
