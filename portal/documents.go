package portal

func (p *portal) documentRoutes() []route { return nil }
