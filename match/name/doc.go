// Package name takes names apart into what can be compared, whatever script and
// language they are written in:
//
//	o := name.ParseOrganisation("河北建設集團股份有限公司")
//	o.Words[0].Text     // "河北建设集团"
//	o.Words[0].Latin    // "hebeijianshejituan"
//	o.Kinds             // form.Stock
//
//	p := name.ParsePerson("陳大文")
//	p.Words[p.Family].Latin // "chen", "chan", "tan", ...
//
// It says what stands in a name and how it may be spelt in Latin letters; it does
// not say who it is, and compares nothing.
package name
