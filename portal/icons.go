package portal

// icons are the pictures of the pages, strokes on a field of 24 by 24.
func icons(name string) []string {
	switch name {
	case "search":
		return []string{"M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z", "m15.5 15.5 5 5"}
	case "menu":
		return []string{"M4 7h16", "M4 12h16", "M4 17h16"}
	case "check":
		return []string{"m5 12.5 4.5 4.5L19 7.5"}
	case "cross":
		return []string{"m6.5 6.5 11 11", "m17.5 6.5-11 11"}
	case "question":
		return []string{"M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3", "M12 18h.01"}
	case "dash":
		return []string{"M6 12h12"}
	case "info":
		return []string{"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M12 11v5.5", "M12 7.5h.01"}
	case "clock":
		return []string{"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M12 7v5l3.5 2"}
	case "calendar":
		return []string{"M4 6.5h16V20H4Z", "M4 11h16", "M8.5 3.5v5", "M15.5 3.5v5"}
	case "right":
		return []string{"M4 12h16", "m14 6 6 6-6 6"}
	case "left":
		return []string{"M20 12H4", "m10 6-6 6 6 6"}
	case "down":
		return []string{"M12 4v16", "m6 14 6 6 6-6"}
	case "first":
		return []string{"M5 5v14", "M20 12H9", "m14 6-6 6 6 6"}
	case "download":
		return []string{"M12 4v11", "m7 10.5 5 5 5-5", "M4 20h16"}
	case "feed":
		return []string{"M5 11a8 8 0 0 1 8 8", "M5 5a14 14 0 0 1 14 14", "M5.5 19h.01"}
	case "scales":
		return []string{"M12 4v16", "M7 20h10", "M5 7h14", "m5 7-2.5 6.5h5L5 7Z", "m19 7-2.5 6.5h5L19 7Z"}
	case "list":
		return []string{"M9 6.5h11", "M9 12h11", "M9 17.5h11", "M4.5 6.5h.01", "M4.5 12h.01", "M4.5 17.5h.01"}
	case "book":
		return []string{"M12 6.5C10 5 7 4.5 4 4.5v14c3 0 6 .5 8 2 2-1.5 5-2 8-2v-14c-3 0-6 .5-8 2Z", "M12 6.5v14"}
	case "bar":
		return []string{"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "m6 6 12 12"}
	case "chart":
		return []string{"M4 20h16", "M7 20v-6", "M12 20V5", "M17 20v-9"}
	case "building":
		return []string{"M5 20.5V4h9v16.5", "M14 10h5v10.5", "M3 20.5h18", "M8 8h3", "M8 12h3", "M8 16h3"}
	case "shield":
		return []string{"M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6Z", "m9 12 2.2 2.2L15.2 10"}
	case "exit":
		return []string{"M13 4H5v16h8", "M10 12h10", "m16 8 4 4-4 4"}
	case "speech":
		return []string{"M4 5h16v11.5h-9L6.5 20v-3.5H4Z"}
	case "person":
		return []string{"M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"}
	case "filter":
		return []string{"M4 6h16", "M7 12h10", "M10 18h4"}
	case "link":
		return []string{"M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1.5 1.5", "M14 10a4 4 0 0 0-6-.5l-3 3a4.2 4.2 0 0 0 6 6l1.5-1.5"}
	case "sun":
		return []string{"M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M12 2.5v2", "M12 19.5v2", "M2.5 12h2", "M19.5 12h2", "m5.3 5.3 1.4 1.4", "m17.3 17.3 1.4 1.4", "m18.7 5.3-1.4 1.4", "m6.7 17.3-1.4 1.4"}
	case "moon":
		return []string{"M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"}
	case "half":
		return []string{"M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z", "M12 3.5v17", "M14.5 5v14", "M17 7v10"}
	case "pin":
		return []string{"M12 21c4-4.5 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2.5 6.5 6.5 11Z", "M12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"}
	}
	return nil
}
