package pinyin

// Tables are the tables written by hand.
var Tables = map[string]string{"words": words, "inNames": inNames, "surnames": surnames, "spellings": spellings}
