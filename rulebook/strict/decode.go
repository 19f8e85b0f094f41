package strict

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// root decodes the text's mapping into the struct that into points to.
func (d *decoder) root(body *ast.MappingNode, into any) {
	d.structure(body, reflect.ValueOf(into).Elem(), "")
}

// node decodes any node into v.
func (d *decoder) node(n ast.Node, v reflect.Value, path string) {
	if _, empty := n.(*ast.NullNode); empty {
		d.fail(n.GetToken().Position, path, "no value: give one, or leave the key out")
		return
	}
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if s, ok := d.text(n, path); ok {
			if err := u.UnmarshalText([]byte(s)); err != nil {
				d.fail(n.GetToken().Position, path, "%s", oneLine(err.Error()))
			}
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.node(n, v.Elem(), path)
	case reflect.Struct:
		if m, ok := n.(*ast.MappingNode); ok {
			d.structure(m, v, path)
		} else {
			d.unexpected(n, path, "keys with values")
		}
	case reflect.Slice:
		d.sequence(n, v, path)
	case reflect.Map:
		d.texts(n, v, path)
	case reflect.String:
		if s, ok := d.text(n, path); ok {
			v.SetString(s)
		}
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
		} else {
			d.unexpected(n, path, "true or false")
		}
	default:
		d.number(n, v, path)
	}
}

func (d *decoder) unexpected(n ast.Node, path, want string) {
	d.fail(n.GetToken().Position, path, "%s where %s should be", kind(n), want)
}

func (d *decoder) number(n ast.Node, v reflect.Value, path string) {
	if i, ok := n.(*ast.IntegerNode); ok {
		if u, ok := i.Value.(uint64); ok && !v.OverflowUint(u) && i.Token.Value == fmt.Sprint(u) {
			v.SetUint(u)
			return
		}
	}
	d.fail(n.GetToken().Position, path, "write a whole number from 0 to %d", uint64(1)<<v.Type().Bits()-1)
}

// text reads a string. A number or truth value is not one: whether 1.10 is the
// text "1.10" or "1.1" differs from reader to reader.
func (d *decoder) text(n ast.Node, path string) (string, bool) {
	var s string
	switch t := n.(type) {
	case *ast.StringNode:
		s = t.Value
	case *ast.LiteralNode:
		s = t.Value.Value
	default:
		want := "text"
		if _, scalar := n.(ast.ScalarNode); scalar {
			want = "text (write it in quotes)"
		}
		d.unexpected(n, path, want)
		return "", false
	}
	if s = strings.TrimRight(s, "\n"); strings.TrimSpace(s) != s || s == "" {
		d.fail(n.GetToken().Position, path, "text that is empty, or has spaces around it")
		return "", false
	}
	return s, true
}

func (d *decoder) sequence(n ast.Node, v reflect.Value, path string) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.unexpected(n, path, "a sequence")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		at := fmt.Sprintf("%s[%s]", path, name(item, i))
		if d.doc.at[at] == nil {
			d.doc.at[at] = item.GetToken().Position
			if m, ok := item.(*ast.MappingNode); ok && len(m.Values) > 0 {
				d.doc.at[at] = m.Values[0].Key.GetToken().Position
			}
		}
		d.node(item, v.Index(i), at)
	}
}

// name is the id of an element, or its place.
func name(n ast.Node, i int) string {
	if m, ok := n.(*ast.MappingNode); ok {
		for _, pair := range m.Values {
			if pair.Key.GetToken().Value == "id" {
				if s, ok := pair.Value.(*ast.StringNode); ok && len(s.Value) <= 64 {
					return s.Value
				}
			}
		}
	}
	return fmt.Sprint(i)
}

// pairs calls visit for every key that stands first under its name.
func (d *decoder) pairs(m *ast.MappingNode, path string, visit func(key string, pair *ast.MappingValueNode, path string)) {
	seen := map[string]bool{}
	for _, pair := range m.Values {
		key := pair.Key.GetToken().Value
		at := key
		if path != "" {
			at = path + "." + key
		}
		if seen[key] {
			d.fail(pair.Key.GetToken().Position, at, "the key stands here a second time")
			continue
		}
		seen[key] = true
		if d.doc.at[at] == nil {
			d.doc.at[at] = pair.Key.GetToken().Position
		}
		visit(key, pair, at)
	}
}

func (d *decoder) structure(m *ast.MappingNode, v reflect.Value, path string) {
	fields, order := fieldsOf(v.Type())
	seen := map[string]bool{}
	d.pairs(m, path, func(key string, pair *ast.MappingValueNode, at string) {
		f, known := fields[key]
		if !known {
			d.fail(pair.Key.GetToken().Position, at, "unknown key: the keys here are %s", strings.Join(order, ", "))
			return
		}
		seen[key] = true
		d.node(pair.Value, v.Field(f.index), at)
	})
	for _, key := range order {
		if !seen[key] && !fields[key].optional {
			line, column := d.doc.Position(path)
			d.problems = append(d.problems, Problem{Line: max(line, 1), Column: max(column, 1), Path: path, Message: "key " + key + " is missing"})
		}
	}
}

func (d *decoder) texts(n ast.Node, v reflect.Value, path string) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		d.unexpected(n, path, "texts by language, as in {en: ..., zh: ...}")
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	d.pairs(m, path, func(key string, pair *ast.MappingValueNode, at string) {
		if !isLanguage(key) {
			d.fail(pair.Key.GetToken().Position, at, "%.20q is no language: write en, zh and so on", key)
			return
		}
		if s, ok := d.text(pair.Value, at); ok {
			v.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf(s))
		}
	})
	if !v.MapIndex(reflect.ValueOf("en")).IsValid() {
		d.fail(m.GetToken().Position, path, "no English text (en), which all other languages fall back on")
	}
}

func isLanguage(s string) bool {
	return (len(s) == 2 || len(s) == 3) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

type field struct {
	index    int
	optional bool
}

// fieldsOf reads the yaml tags of a struct.
func fieldsOf(t reflect.Type) (map[string]field, []string) {
	fields := map[string]field{}
	var order []string
	for i := range t.NumField() {
		tag, ok := t.Field(i).Tag.Lookup("yaml")
		if !ok || tag == "-" {
			continue
		}
		key, options, _ := strings.Cut(tag, ",")
		fields[key] = field{i, options == "omitempty"}
		order = append(order, key)
	}
	return fields, order
}
