// Package server is the register over HTTP: the interfaces of package api at
// /api/v1, the public log at /checkpoint and /tile/, the pages at /.
//
//	handler := server.New(reg, server.Options{Relying: keys, Portal: pages})
//	err := server.Serve(ctx, listener, handler)
//
// It decides nothing. A request becomes a call of the register; an error of the
// register becomes an RFC 9457 problem here and nowhere else; package client
// turns it back. Every operation stands in the table of routes, from which
// api/openapi.json is generated and against which it is tested.
//
// Whatever a request carries is bounded and read strictly: unknown names,
// doubled names and invalid UTF-8 are refused, because a question that was
// half understood would get a wrong answer. Nothing that names anybody is
// written to the access log.
package server

//go:generate go test -run TestOpenAPI -update .
