module peer

go 1.24

require github.com/blevesearch/bleve/v2 v2.6.3
