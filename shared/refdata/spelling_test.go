package refdata

import (
	"fmt"
	"slices"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
)

// TestSearchSpellings: articles and names that people take for the same.
func TestSearchSpellings(t *testing.T) {
	db := open(t)
	for i, p := range []struct{ sku, name string }{
		{"CH-7", "Стул"}, {"АС-12", "Аккумулятор"}, {"Кр-5", "Кресло"}, {"ab-9", "Полка"},
		{"701", "Вода 5л"}, {"702", "Вода газированная 5 л"}, {"703", "Вода 0,5 л"}, {"704", "Мёд липовый 500 г"}, {"705", "Масло ВМ-80"},
	} {
		put(t, db, Row{Table: Products, Value: catalogue.Product{
			SKU: catalogue.SKU(p.sku), Name: catalogue.Text{RU: p.name, EN: fmt.Sprint("Thing ", i)}, Unit: quantity.Piece,
		}})
	}
	for text, want := range map[string][]catalogue.SKU{
		"ch-7": {"CH-7"}, "Ch-7": {"CH-7"}, "СН-7": {"CH-7"}, "сн-7": {"CH-7"}, "AC-12": {"АС-12"}, "ac-12": {"АС-12"}, "AС-12": {"АС-12"},
		"кр-5": {"Кр-5"}, "КР-5": {"Кр-5"}, "AB-9": {"ab-9"}, "BM-80": {"705"}, "bm": {"705"},
		"вода 5 л": {"701", "702"}, "вода 5л": {"701", "702"}, "5 л вода": {"701", "702"}, "0.5л": {"703"}, "вода 0,5л": {"703"}, "5л": {"701", "702"},
		"вода 7 л": nil, "ch-8": nil,
	} {
		items, err := Search(db, text, "1", 9000, 20)
		var got []catalogue.SKU
		for _, item := range items {
			got = append(got, item.SKU)
		}
		slices.Sort(got)
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Search(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
}
