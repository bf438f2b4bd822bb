package chain

import "tillsight/shared/tax"

// Country is what a chain in a country begins with, to be confirmed by who sets
// it up: rates change, and who sells may be free of them.
type Country struct {
	Code     string   // ISO 3166-1
	Currency string   // ISO 4217
	Zone     string   // IANA, of the capital
	Zones    []string // the others
	TaxID    string   // what the number of a taxpayer is called there
	Rates    []Rate   // of value added tax; none: nobody here knows them
}

// Countries are those that are known, the home market first. Rates of value added
// tax: RU, tax code, article 164, as amended by 425-FZ of 2025 (22 % from 2026);
// KZ, tax code of 2025, article 503 (16 % from 2026; 12 % before, code of 2017,
// article 422); BY, tax code, article 122; AM, tax code, article 63; KG, tax code,
// article 296; UZ, tax code, article 258; GE, tax code, article 169.
var Countries = []Country{
	{"RU", "RUB", "Europe/Moscow", []string{"Europe/Kaliningrad", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
		"Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka"}, "ИНН", []Rate{
		{Class: tax.Standard, From: "2019-01-01", Percent: 20_00}, {Class: tax.Standard, From: "2026-01-01", Percent: 22_00},
		{Class: tax.Reduced, From: "2004-01-01", Percent: 10_00}, {Class: tax.Zero, From: "2004-01-01"}, {Class: tax.None, From: "2004-01-01"}}},
	{"KZ", "KZT", "Asia/Almaty", nil, "БИН", []Rate{
		{Class: tax.Standard, From: "2009-01-01", Percent: 12_00}, {Class: tax.Standard, From: "2026-01-01", Percent: 16_00},
		{Class: tax.Zero, From: "2009-01-01"}, {Class: tax.None, From: "2009-01-01"}}},
	{"BY", "BYN", "Europe/Minsk", nil, "УНП", []Rate{
		{Class: tax.Standard, From: "2010-01-01", Percent: 20_00}, {Class: tax.Reduced, From: "2010-01-01", Percent: 10_00},
		{Class: tax.Zero, From: "2010-01-01"}, {Class: tax.None, From: "2010-01-01"}}},
	{"AM", "AMD", "Asia/Yerevan", nil, "ՀՎՀՀ", []Rate{
		{Class: tax.Standard, From: "2018-01-01", Percent: 20_00}, {Class: tax.Zero, From: "2018-01-01"}, {Class: tax.None, From: "2018-01-01"}}},
	{"KG", "KGS", "Asia/Bishkek", nil, "ИНН", []Rate{
		{Class: tax.Standard, From: "2009-01-01", Percent: 12_00}, {Class: tax.Zero, From: "2009-01-01"}, {Class: tax.None, From: "2009-01-01"}}},
	{"UZ", "UZS", "Asia/Tashkent", nil, "ИНН", []Rate{
		{Class: tax.Standard, From: "2019-10-01", Percent: 15_00}, {Class: tax.Standard, From: "2023-01-01", Percent: 12_00},
		{Class: tax.Zero, From: "2019-10-01"}, {Class: tax.None, From: "2019-10-01"}}},
	{"GE", "GEL", "Asia/Tbilisi", nil, "ს/ნ", []Rate{
		{Class: tax.Standard, From: "2005-07-01", Percent: 18_00}, {Class: tax.Zero, From: "2005-07-01"}, {Class: tax.None, From: "2005-07-01"}}},
}

// CountryOf returns the country with a code.
func CountryOf(code string) (Country, bool) {
	for _, c := range Countries {
		if c.Code == code {
			return c, true
		}
	}
	return Country{}, false
}
