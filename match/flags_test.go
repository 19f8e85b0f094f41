package match_test

import "flag"

var dump = flag.Bool("dump", false, "print the fitted tables and the pairs that are told wrong")

var tune = flag.Bool("tune", false, "look for better weights")
