package standing

// Identity is who is meant, as a ruling or registry names them: never in act
// bytes, always in an opening.
type Identity struct {
	Names       []string `json:"names"`
	Identifiers []string `json:"identifiers,omitempty"` // "scheme:value", canonical
	Country     string   `json:"country,omitempty"`     // ISO 3166 alpha-2
	BirthDate   string   `json:"birthDate,omitempty"`   // 2006-01-02
	Address     string   `json:"address,omitempty"`
	Record      string   `json:"record,omitempty"` // id of the party's record here, if it has one
}

// Obligation is what a ruling orders.
type Obligation struct {
	Kind      string `json:"kind"` // pay, do, refrain
	Text      string `json:"text,omitempty"`
	Amount    string `json:"amount,omitempty"`   // decimal, as the authority last stated it
	Currency  string `json:"currency,omitempty"` // ISO 4217
	Reference string `json:"reference,omitempty"`
	Creditor  string `json:"creditor,omitempty"`
	StatedOn  string `json:"statedOn,omitempty"` // 2006-01-02
}

// Document is a digest of something kept elsewhere.
type Document struct {
	Title  string `json:"title"`
	SHA256 Digest `json:"sha256"`
}

// Opening is what an act's commitment opens to: everything that names or
// describes anyone. It is stored verbatim as JSON, sealed under the key of the
// party it concerns, and can be erased without touching the act.
type Opening struct {
	Salt       Digest            `json:"salt"` // 32 random bytes
	Party      *Identity         `json:"party,omitempty"`
	Title      string            `json:"title,omitempty"`
	Docket     string            `json:"docket,omitempty"`
	Issuer     string            `json:"issuer,omitempty"` // originating body of a reported ruling
	Obligation *Obligation       `json:"obligation,omitempty"`
	Text       string            `json:"text,omitempty"` // reasons, what is claimed, how it was served
	By         string            `json:"by,omitempty"`   // officer or court as it signs
	Contact    string            `json:"contact,omitempty"`
	Names      []string          `json:"names,omitempty"`  // of an authority: [English, Chinese, ...]
	Values     map[string]string `json:"values,omitempty"` // facts that a condition of the rulebook reads
	Documents  []Document        `json:"documents,omitempty"`
	Row        string            `json:"row,omitempty"` // of an imported row: digest of its content
	Who        string            `json:"who,omitempty"` // of an imported row: digest of whom it means
}
