package portal

// figureRoutes are the pages of numbers: statistics, what can be downloaded, and
// the interface for programs.
func (p *portal) figureRoutes() []route {
	return []route{
		{pattern: "GET /statistics", page: p.statistics},
		{pattern: "GET /statistics/{file}", file: p.statisticsFile},
	}
}
