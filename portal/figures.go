package portal

func (p *portal) figureRoutes() []route { return nil }
