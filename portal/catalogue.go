package portal

func (p *portal) catalogueRoutes() []route { return nil }
