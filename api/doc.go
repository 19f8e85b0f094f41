// Package api is what the register offers, as Go interfaces and wire types.
// The service behind it satisfies the interfaces in process, package server
// wraps them as HTTP, package client satisfies them over HTTP: one service,
// two ends, the same words.
package api
