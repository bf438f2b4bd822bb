package demo

import "time"

// Opening hours of every store.
const (
	openHour  = 8
	closeHour = 23
)

// What follows is planted: it acts on the data as written, and TRUTH.md prints it.

const (
	cardShare       = 0.70  // of receipts with a loyalty card
	meanLines       = 8.0   // of a receipt
	inflation       = 0.006 // of shelf prices a month
	priceNoise      = 0.07  // standard deviation of a new shelf price's logarithm around the trend
	priceEvery      = 17    // weeks between changes of a shelf price, on average
	leafletShare    = 0.40  // of promotions that are in the leaflet
	leafletLift     = 1.35  // of what is bought of an article in the leaflet, besides its price
	voidShare       = 0.012 // voided lines by line sold
	cancelShare     = 0.006 // cancelled receipts by receipt
	returnShare     = 0.012 // receipts of which a line comes back
	returnDays      = 10    // within so many days
	existingShare   = 0.45  // of customers enrolled before the first day
	stapleTolerance = 0.15  // spread of a personal period, by its length
	likeShare       = 0.30  // of lines that try a customer's favourite kinds first
	repeated        = 0.014 // of draws that hit what is in the basket already and are lost
)

// segment is a way of shopping.
type segment struct {
	name     string
	share    float64 // of customers
	interval float64 // mean days between visits
	shape    float64 // of the gamma distribution of intervals: the higher the more regular
	lines    float64 // mean lines of a receipt, before scaling all to meanLines
	churn    float64 // share that leaves for good each month
	card     float64 // share of receipts paid by card
	weekdays [7]float64
	hours    [3]float64 // before noon, noon to 17, after
	taste    map[string]float64
	uplift   float64 // added probability to buy a campaign's goods at a visit
	ages     [2]int
}

var segments = []segment{
	{name: "family", share: 0.22, interval: 14, shape: 5, lines: 12, churn: 0.010, card: 0.82,
		weekdays: [7]float64{0.8, 0.8, 0.8, 0.9, 1.2, 1.6, 1.2}, hours: [3]float64{0.7, 1.0, 1.3},
		taste: map[string]float64{"baby": 3, "sweets": 1.3, "drinks": 1.2, "household": 1.2}, uplift: 0.18, ages: [2]int{27, 45}},
	{name: "neighbour", share: 0.25, interval: 16, shape: 2.5, lines: 6, churn: 0.012, card: 0.76,
		weekdays: [7]float64{1, 1, 1, 1, 1.1, 1, 0.9}, hours: [3]float64{0.9, 0.9, 1.2},
		taste: map[string]float64{"bakery": 1.4, "dairy": 1.2}, uplift: 0.10, ages: [2]int{25, 65}},
	{name: "pensioner", share: 0.17, interval: 15, shape: 4, lines: 6.5, churn: 0.006, card: 0.35,
		weekdays: [7]float64{1.2, 1.2, 1.2, 1.1, 1, 0.6, 0.5}, hours: [3]float64{2.2, 1.0, 0.35},
		taste: map[string]float64{"dairy": 1.5, "bakery": 1.5, "alcohol": 0.4, "pets": 1.3, "garden": 3}, uplift: 0.02, ages: [2]int{60, 82}},
	{name: "student", share: 0.12, interval: 24, shape: 1.5, lines: 5, churn: 0.032, card: 0.93,
		weekdays: [7]float64{1, 1, 1, 1, 1.3, 1.1, 0.9}, hours: [3]float64{0.3, 0.8, 1.7},
		taste: map[string]float64{"frozen": 1.8, "drinks": 1.5, "sweets": 1.5, "baby": 0.1, "garden": 0.1}, uplift: 0.22, ages: [2]int{18, 26}},
	{name: "weekender", share: 0.12, interval: 18, shape: 9, lines: 17, churn: 0.015, card: 0.85,
		weekdays: [7]float64{0.2, 0.2, 0.2, 0.3, 1.0, 3.5, 2.5}, hours: [3]float64{1.0, 1.3, 0.8},
		taste: map[string]float64{"meat": 1.5, "household": 1.5, "care": 1.3}, uplift: 0.08, ages: [2]int{30, 60}},
	{name: "occasional", share: 0.12, interval: 50, shape: 1, lines: 5.5, churn: 0.060, card: 0.74,
		weekdays: [7]float64{1, 1, 1, 1, 1.2, 1.2, 1}, hours: [3]float64{0.8, 1, 1.1},
		taste: map[string]float64{"alcohol": 1.4, "press": 1.5}, uplift: 0.12, ages: [2]int{20, 70}},
	// Nobody's card: passers-by. No customers, so the share is 0.
	{name: "passer-by", share: 0, lines: 5.5, card: 0.62,
		weekdays: [7]float64{1, 1, 1, 1, 1.15, 1.1, 0.95}, hours: [3]float64{0.9, 1, 1.1},
		taste: map[string]float64{"press": 1.8, "tobacco": 1.8, "drinks": 1.4, "alcohol": 1.2, "household": 0.6}, ages: [2]int{18, 70}},
}

// passerBy is the segment of receipts without a card.
const passerBy = 6

// profiles multiply what a store of the kind sells by department.
var profiles = map[string]map[string]float64{
	"district": {},
	"centre":   {"drinks": 1.3, "bakery": 1.3, "press": 1.5, "household": 0.5, "meat": 0.7, "garden": 0.2},
	"family":   {"baby": 1.8, "household": 1.3, "pets": 1.2, "garden": 1.5, "press": 0.6},
}

// staples are kinds that a customer buys every so many days. Each customer has
// up to staplesMax of them, with a period of his own around the one here.
const staplesMax = 4

var staples = []struct {
	name   string
	period float64
}{
	{"Milk", 9}, {"White bread", 8}, {"Eggs", 14}, {"Kefir", 11}, {"Cottage cheese", 15}, {"Bananas", 10},
	{"Potatoes", 20}, {"Frankfurters", 14}, {"Ground coffee", 30}, {"Black tea", 40}, {"Sunflower oil", 45},
	{"Wet cat food", 12}, {"Toilet paper", 28}, {"Washing powder", 50}, {"Cigarettes", 7}, {"Lager", 12},
	{"Nappies", 21}, {"Baby fruit puree", 12}, {"Toothpaste", 45}, {"Sour cream", 16},
}

// pair: who takes the first takes the second in the same receipt with a
// probability of its own, besides what chance does.
type pair struct {
	first, second string
	added         float64
}

var couples = []pair{
	{"Lager", "Potato chips", 0.35}, {"Lager", "Rye croutons", 0.25}, {"Vodka", "Pickled cucumbers", 0.35},
	{"Spaghetti", "Pasta sauce", 0.30}, {"Pasta", "Ketchup", 0.18}, {"Dumplings", "Sour cream", 0.32},
	{"Black tea", "Sugar cookies", 0.22}, {"Nappies", "Baby wipes", 0.40}, {"Ground coffee", "Cream", 0.25},
	{"Frankfurters", "Hot dog buns", 0.20}, {"Pork for grilling", "Charcoal", 0.40},
	{"Pork for grilling", "Thin lavash", 0.30}, {"Shampoo", "Hair conditioner", 0.30},
	{"Wet cat food", "Cat litter", 0.15}, {"Wheat flour", "Yeast and baking powder", 0.30},
	{"Sparkling wine", "Boxed chocolates", 0.25}, {"Corn flakes", "Milk", 0.35}, {"Burger buns", "Chilled cutlets", 0.35},
}

// sequence: a customer who took the first takes the second at his first visit
// so many days later, with a probability.
type sequence struct {
	first, second string
	from, to      int // days
	added         float64
}

var sequences = []sequence{
	{"Potting soil", "Seeds", 7, 21, 0.45}, {"Seeds", "Fertiliser", 14, 35, 0.30},
	{"Infant formula", "Baby fruit puree", 20, 45, 0.50}, {"Baby fruit puree", "Baby meat puree", 15, 40, 0.20},
	{"Hair colour", "Hair conditioner", 5, 14, 0.40}, {"Dry cat food", "Cat litter", 7, 21, 0.45},
	{"Razors", "Shower gel", 7, 28, 0.30},
}

// campaign: customers of the segments are split by coin into treated and
// control at its start. A treated customer who comes while it runs buys of its
// kind with his segment's added probability, at a discount.
type campaign struct {
	name     string
	kind     string
	startDay float64 // as a part of the whole period
	days     int     // median lengths of the Complete Journey campaigns: 47 (A), 32 (B), 56 (C)
	discount int64   // basis points
}

var campaigns = []campaign{
	{"C01", "Ground coffee", 0.06, 32, 1500}, {"C02", "Washing powder", 0.17, 47, 2000},
	{"C03", "Semi-hard cheese", 0.29, 32, 1500}, {"C04", "Family ice cream", 0.41, 56, 2000},
	{"C05", "Shampoo", 0.53, 32, 2000}, {"C06", "Boxed chocolates", 0.64, 32, 1500},
	{"C07", "Drinking yogurt", 0.76, 56, 1500}, {"C08", "Instant coffee", 0.88, 32, 2000},
}

// seasons multiply what is bought of a category, by month.
var seasons = map[string][12]float64{
	"flat":         {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
	"summer":       {0.55, 0.6, 0.75, 1.0, 1.35, 1.75, 1.9, 1.7, 1.1, 0.8, 0.65, 0.7},
	"summer_light": {0.9, 0.9, 0.95, 1.0, 1.1, 1.2, 1.25, 1.2, 1.05, 0.95, 0.9, 0.95},
	"winter":       {1.25, 1.2, 1.1, 0.95, 0.85, 0.8, 0.75, 0.8, 0.95, 1.1, 1.2, 1.2},
	"grill":        {0.8, 0.8, 0.9, 1.1, 1.5, 1.35, 1.25, 1.2, 1.0, 0.9, 0.85, 1.0},
	"beer":         {0.75, 0.8, 0.9, 1.0, 1.2, 1.4, 1.45, 1.35, 1.05, 0.9, 0.85, 1.0},
	"newyear":      {0.8, 1.05, 1.05, 0.9, 0.9, 0.85, 0.85, 0.85, 0.95, 1.0, 1.1, 2.1},
	"holiday":      {0.9, 1.0, 1.05, 1.0, 1.0, 0.9, 0.9, 0.9, 0.95, 1.0, 1.0, 1.5},
	"citrus":       {1.2, 1.05, 1.0, 0.9, 0.85, 0.95, 1.05, 1.1, 1.0, 0.9, 1.0, 1.6},
	"bake":         {0.95, 1.0, 1.05, 1.15, 0.95, 0.85, 0.85, 0.95, 1.05, 1.05, 1.05, 1.3},
	"easter":       {0.95, 1.0, 1.05, 1.35, 1.0, 0.9, 0.9, 0.95, 1.0, 1.0, 1.0, 1.15},
	"gift":         {0.9, 1.25, 1.3, 0.9, 0.9, 0.9, 0.9, 0.9, 0.95, 0.95, 1.0, 1.6},
	"garden":       {0.2, 0.8, 2.2, 3.0, 2.5, 1.0, 0.6, 0.4, 0.4, 0.3, 0.2, 0.2},
	"spring":       {0.9, 0.9, 1.1, 1.35, 1.2, 0.95, 0.9, 0.95, 1.05, 0.95, 0.9, 1.05},
}

// traffic multiplies the number of receipts, by month.
var traffic = [12]float64{0.92, 0.98, 1.02, 1.0, 1.0, 0.97, 0.93, 0.95, 1.0, 1.03, 1.03, 1.17}

// holidays multiply the number of receipts on single days: people stock up the
// day before and stay at home on the day.
var holidays = map[string]float64{
	"12-29": 1.5, "12-30": 1.9, "12-31": 1.7, "01-01": 0.25, "01-02": 0.6, "01-03": 0.8, "01-06": 1.15, "01-07": 0.85,
	"02-22": 1.3, "02-23": 0.95, "03-07": 1.5, "03-08": 0.9, "04-30": 1.35, "05-01": 0.9, "05-08": 1.3, "05-09": 0.85,
	"06-11": 1.1, "06-12": 0.95, "08-31": 1.2, "11-03": 1.1, "11-04": 0.95,
}

// Weekdays of the traffic without a card are from hours.tsv.

func season(name string, day time.Time) float64 { return seasons[name][day.Month()-1] }

func holiday(day time.Time) float64 {
	if factor, ok := holidays[day.Format("01-02")]; ok {
		return factor
	}
	return 1
}

// vatRise is the day the standard rate rose from 20 to 22 % (law 425-FZ of 2025-11-28).
const vatRise = "2026-01-01"

// short is the cashier whose drawer is short too often.
const shortEvery = 6 // every so many shifts
