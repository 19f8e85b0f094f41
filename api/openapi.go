package api

import _ "embed"

//go:embed openapi.json
var openAPI string

// OpenAPI is the description of the HTTP interface, OpenAPI 3.1 in JSON. It is
// generated from package server's table of routes and the comments of this
// package: go generate ./server.
func OpenAPI() string { return openAPI }
