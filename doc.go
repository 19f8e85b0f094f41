// Package standing holds the nouns of a register of legal standing and their
// rules of change.
//
// The register is a log of signed acts; everything else is a view of it. An
// [Act] says one thing once ("this ruling is in force", "notice was served on
// the 3rd", "the debt is paid"). Acts are signed in statements of 1 to 4,096
// ([Statement]), recorded by the clerk as [Entry] values with the instants it
// resolved ([Resolution]), and grouped into cases: the acts about one party,
// ruling, listing, source or the constitution.
//
// A [Case] is the pure fold of its entries: no clock, no I/O, no map order.
// Status is never stored: [Effects] computes the half-open intervals in which
// a listing restricts, from the listing's case and its ruling's case, and
// [Listing.Status] reads a status at an instant.
//
// Identifiers, names, free text and docket numbers never stand in act bytes.
// They are the act's [Opening], which the act binds by a salted commitment and
// the vault keeps sealed, so that erasure and an append-only log live together.
//
// This package imports the standard library and package region alone.
package standing
