// Package ident knows the identifiers by which parties are found: their
// schemes, printed forms, check characters, and which of them point at a
// natural person and so are protected like a person.
//
// An [Identifier] is a scheme and a canonical value; its text is
// "scheme:value". Two texts mean the same identifier exactly when they parse
// to equal Identifiers, so an Identifier can be a map key and its text can be
// hashed:
//
//	id, err := ident.Parse("uscc:9110 0000 1000 0396 2T")
//	id.String() // "uscc:91100000100003962T"
//
// A wrong value gets an [*Error] that names the rule it broke and the
// character at which it broke it. What a value proves is only that it is well
// formed: nothing here knows whether anybody bears it.
//
// Every scheme stands in its own file (each VAT country too), with its source.
// To add one: write its definition, and add it to the list in scheme.go.
// Everything is pure and safe for concurrent use.
package ident
