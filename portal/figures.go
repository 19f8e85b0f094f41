package portal

// figureRoutes are the pages of numbers: statistics, what can be downloaded, and
// the interface for programs.
func (p *portal) figureRoutes() []route {
	d := describe()
	return []route{
		{pattern: "GET /statistics", page: p.statistics},
		{pattern: "GET /statistics/{file}", file: p.statisticsFile},
		{pattern: "GET /statistics/issues", page: p.issues},
		{pattern: "GET /statistics/issues/{name}", page: p.issue},
		{pattern: "GET /data", page: p.data},
		{pattern: "GET /api", page: d.index},
		{pattern: "GET /api/types", page: d.types},
		{pattern: "GET /api/{operation}", page: d.operation},
		{pattern: "GET /api/{operation}/try", page: d.try},
	}
}
