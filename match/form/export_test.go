package form

// All returns every form.
func All() []Form {
	var list []Form
	for _, f := range all.forms {
		list = append(list, *f)
	}
	return list
}
