// Bleve as a peer: "peer build FOLDER" reads documents, "peer serve FOLDER" questions, as lines of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
)

const batchSize = 1000

var (
	facets = []string{"source", "category", "month"}
)

type document struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Text     string `json:"text"`
	Source   string `json:"source"`
	Category string `json:"category"`
	Month    string `json:"month"`
}

type question struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Depth int    `json:"depth"`
}

type answer struct {
	Total       uint64   `json:"total"`
	IDs         []string `json:"ids"`
	FacetValues int      `json:"facet_values"`
	Snippets    int      `json:"snippets"`
}

func main() {
	what, folder := os.Args[1], filepath.Join(os.Args[2], "index")
	lines := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	if what == "build" {
		build(folder, lines)
		return
	}
	index, err := bleve.Open(folder)
	check(err)
	answers := json.NewEncoder(os.Stdout)
	for {
		var asked question
		if err := lines.Decode(&asked); err == io.EOF {
			break
		} else {
			check(err)
		}
		check(answers.Encode(ask(index, asked)))
	}
	check(index.Close())
}

func mappings() mapping.IndexMapping {
	all := bleve.NewIndexMapping()
	check(all.AddCustomAnalyzer("typed", map[string]interface{}{
		"type": custom.Name, "tokenizer": unicode.Name, "token_filters": []string{lowercase.Name},
	}))
	check(all.AddCustomAnalyzer("folded", map[string]interface{}{
		"type": custom.Name, "char_filters": []string{asciifolding.Name}, "tokenizer": unicode.Name,
		"token_filters": []string{lowercase.Name},
	}))
	articles := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"title", "text"} {
		typed, folded := bleve.NewTextFieldMapping(), bleve.NewTextFieldMapping()
		typed.Analyzer, folded.Analyzer = "typed", "folded"
		folded.Name, folded.Store, folded.IncludeTermVectors = name+"_folded", false, false
		typed.IncludeInAll, folded.IncludeInAll = false, false
		typed.DocValues, folded.DocValues = false, false
		articles.AddFieldMappingsAt(name, typed, folded)
	}
	for _, name := range facets {
		value := bleve.NewKeywordFieldMapping()
		value.IncludeInAll = false
		articles.AddFieldMappingsAt(name, value)
	}
	all.DefaultMapping = articles
	return all
}

func build(folder string, lines *json.Decoder) {
	index, err := bleve.New(folder, mappings())
	check(err)
	batch := index.NewBatch()
	for {
		var one document
		if err := lines.Decode(&one); err == io.EOF {
			break
		} else {
			check(err)
		}
		check(batch.Index(one.ID, map[string]interface{}{
			"title": one.Title, "text": one.Text, "source": one.Source, "category": one.Category, "month": one.Month,
		}))
		if batch.Size() == batchSize {
			check(index.Batch(batch))
			batch.Reset()
		}
	}
	check(index.Batch(batch))
	check(index.Close())
}

func ask(index bleve.Index, asked question) answer {
	size := asked.Depth
	if asked.Kind == "matching" {
		count, err := index.DocCount()
		check(err)
		size = int(count)
	}
	request := bleve.NewSearchRequestOptions(reading(asked.Text, asked.Kind != "ranked"), size, 0, false)
	if asked.Kind == "page" {
		request.Fields = []string{"title", "source"}
		request.Highlight = bleve.NewHighlight()
		request.Highlight.AddField("text")
		for _, name := range facets {
			request.AddFacet(name, bleve.NewFacetRequest(name, 1000))
		}
	}
	found, err := index.Search(request)
	check(err)
	result := answer{Total: found.Total, IDs: []string{}}
	for _, hit := range found.Hits {
		result.IDs = append(result.IDs, hit.ID)
		result.Snippets += len(hit.Fragments["text"])
	}
	for _, facet := range found.Facets {
		result.FacetValues += len(facet.Terms.Terms())
	}
	return result
}

// A word with accents is looked up as it is, one without them in the folded fields.
func reading(text string, all bool) query.Query {
	var words []query.Query
	for _, one := range strings.Fields(text) {
		suffix := "_folded"
		for _, letter := range one {
			if letter > 127 {
				suffix = ""
			}
		}
		title, body := bleve.NewMatchQuery(one), bleve.NewMatchQuery(one)
		title.SetOperator(query.MatchQueryOperatorAnd)
		body.SetOperator(query.MatchQueryOperatorAnd)
		title.SetField("title" + suffix)
		body.SetField("text" + suffix)
		words = append(words, bleve.NewDisjunctionQuery(title, body))
	}
	if len(words) == 0 {
		return bleve.NewMatchNoneQuery()
	}
	if all {
		return bleve.NewConjunctionQuery(words...)
	}
	return bleve.NewDisjunctionQuery(words...)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
