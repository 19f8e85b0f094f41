package main

import (
	"net/netip"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/server"
)

// quotas bound what one client may ask of a served register.
type quotas struct {
	Rate    int      `help:"Requests a minute of one network address; 0: no bound." default:"12000"`
	KeyRate int      `help:"Requests a minute of one API key; 0: no bound." default:"0"`
	Proxy   []string `help:"Network of a reverse proxy in front, such as 10.0.0.0/8, whose X-Forwarded-For is believed; once for each." placeholder:"CIDR"`
}

// rates are the quotas as the server takes them.
func (q *quotas) rates() (server.Rates, error) {
	r := server.Rates{Address: server.Rate{Requests: q.Rate, Window: time.Minute}, Key: server.Rate{Requests: q.KeyRate, Window: time.Minute}}
	for _, text := range q.Proxy {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return r, standing.Errorf(standing.Invalid, "--proxy: %q is not a network: write it as 10.0.0.0/8", text)
		}
		r.Proxies = append(r.Proxies, network)
	}
	return r, r.Check()
}
