package demo

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"tillsight/shared/catalogue"
	"tillsight/shared/customer"
	"tillsight/shared/money"
	"tillsight/shared/refdata"
	"tillsight/shared/staff"
)

// tillsPerStore work; one more place is free for a new register.
const tillsPerStore = 3

// store is a shop with its people and registers.
type store struct {
	catalogue.Store
	offset       int // minutes east of UTC
	traffic      float64
	basket       float64
	profile      string
	premium      int64  // basis points on some shelf prices
	premiumShare uint64 // percent of articles
	cashiers     []worker
	senior       worker
	manager      worker
}

// worker is an employee with the speed of his hands.
type worker struct {
	staff.Employee
	pin     string
	perLine float64 // seconds from scan to scan
	pay     float64 // seconds to take a card; cash takes half as long again
	short   bool    // drawer is short too often
}

// stores opens count shops.
func (m *material) stores(seed uint64, count int) []store {
	r := stream(seed, streamStaff)
	used := map[string]bool{}
	list := make([]store, count)
	for i := range list {
		p := m.places[i%len(m.places)]
		s := &list[i]
		id := fmt.Sprint(i + 1)
		house := p.house
		if i >= len(m.places) {
			house = fmt.Sprintf("%d", 2+r.IntN(120))
		}
		s.Store = catalogue.Store{
			ID:       id,
			Name:     catalogue.Text{RU: "Продукты у дома №" + id, EN: "Corner Grocery No. " + id},
			Address:  catalogue.Text{RU: p.city.RU + ", " + p.street.RU + ", " + house, EN: house + " " + p.street.EN + ", " + p.city.EN},
			Region:   p.region.RU,
			Zone:     p.zone,
			Currency: money.RUB,
			TaxID:    taxID(fmt.Sprintf("69%07d", 5_017_300+i)),
			Thanks:   catalogue.Text{RU: "Спасибо за покупку! Ждём вас снова.", EN: "Thank you! See you again."},
			Area:     p.area,
		}
		s.Lat, s.Lon = p.around(i)
		s.offset, s.traffic, s.basket, s.profile = p.offset, p.traffic, p.basket, p.profile
		switch {
		case p.city.EN == "Moscow":
			s.premium, s.premiumShare = 600, 30
		case p.area < 400:
			s.premium, s.premiumShare = 400, 15
		}
		s.hire(m, r, used)
	}
	return list
}

// around is a spot of the city for its store number i, in millionths of degrees:
// within some four kilometres of its middle, no two at the same.
func (p *place) around(i int) (lat, lon int32) {
	turn, far := float64(i)*2.399963, 0.012+0.004*float64(i%6) // the golden angle
	return int32(math.Round((p.lat + far*math.Sin(turn)) * 1e6)), int32(math.Round((p.lon + far*math.Cos(turn)/math.Cos(p.lat*math.Pi/180)) * 1e6))
}

// taxID completes the INN of an organisation with its check digit.
func taxID(nine string) string {
	sum := 0
	for i, weight := range [9]int{2, 4, 10, 3, 5, 9, 4, 6, 8} {
		sum += weight * int(nine[i]-'0')
	}
	return nine + string(rune('0'+sum%11%10))
}

// hire fills a store: six cashiers of whom four women on average, a senior, a manager.
func (s *store) hire(m *material, r *rand.Rand, used map[string]bool) {
	person := func(n int, role staff.Role, discount int64) worker {
		sex := "f"
		if r.IntN(3) == 0 {
			sex = "m"
		}
		w := worker{
			Employee: staff.Employee{
				ID: s.ID + fmt.Sprintf("%02d", n), Name: m.fullName(r, sex), Role: role, Store: s.ID, DiscountBP: discount,
			},
			perLine: 2.2 * math.Exp(r.NormFloat64()*0.35),
			pay:     9 + 6*r.Float64(),
		}
		for w.pin == "" || used[w.pin] {
			w.pin = fmt.Sprintf("%04d", 1000+r.IntN(9000))
		}
		used[w.pin] = true
		w.PINSalt = make([]byte, staff.SaltLength)
		for i := range w.PINSalt {
			w.PINSalt[i] = byte(r.Uint32())
		}
		return w
	}
	s.manager = person(1, staff.Manager, 3000)
	s.senior = person(2, staff.Senior, 1000)
	for n := range 6 {
		s.cashiers = append(s.cashiers, person(3+n, staff.Cashier, 0))
	}
	// One of the six is quick, one is slow, one's drawer is short.
	s.cashiers[0].perLine, s.cashiers[5].perLine = 1.5, 5
	s.cashiers[3].short = true
}

func (s *store) workers() []worker {
	return append([]worker{s.manager, s.senior}, s.cashiers...)
}

// fullName makes a name: Смирнова Анна.
func (m *material) fullName(r *rand.Rand, sex string) string {
	return m.lastName(r.IntN(len(m.people["last"])), sex) + " " + m.firstName(r.IntN(1<<16), sex)
}

func (m *material) firstName(n int, sex string) string {
	names := m.people["first_"+sex]
	return names[n%len(names)]
}

func (m *material) lastName(n int, sex string) string {
	last := m.people["last"][n%len(m.people["last"])]
	if sex == "f" {
		last += "а"
	}
	return last
}

// shopper is a customer with a card, as the simulation needs him. What does
// not matter there is computed from the number when he enrols.
type shopper struct {
	segment  uint8
	store    uint8
	card     bool    // pays by card, mostly
	pace     float32 // mean days between his visits
	from     int32   // first day that he can come, of the period
	to       int32   // first day that he does not come any more
	seen     bool    // enrolled
	habits   [staplesMax]habit
	likes    [3]int16 // kinds
	intents  []intent
	campaign uint16 // treated in campaign: a bit each
}

// habit is a staple with its personal period; kind -1 is none.
type habit struct {
	kind   int16
	period float32 // days
	due    float32
}

// intent is the second part of a sequence that will be bought.
type intent struct {
	kind int16
	due  int32
}

// uuidAt is a UUIDv7 of the moment ms whose random part depends on kind and n only.
func uuidAt(seed uint64, kind byte, n uint64, ms int64) string {
	var key [17]byte
	binary.BigEndian.PutUint64(key[:], seed)
	key[8] = kind
	binary.BigEndian.PutUint64(key[9:], n)
	sum := sha256.Sum256(key[:])
	id := uuid.UUID(sum[:16])
	binary.BigEndian.PutUint16(id[:], uint16(ms>>32))
	binary.BigEndian.PutUint32(id[2:], uint32(ms))
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

// customerID is the same whenever it is asked for.
func (g *generator) customerID(n int) string {
	return uuidAt(g.opt.Seed, 'c', uint64(n), g.since(n))
}

// since is when a customer got the card: his first day, or up to two years
// before the period for those who had it already.
func (g *generator) since(n int) int64 {
	from := int64(g.shoppers[n].from)
	if from <= 0 {
		from = -1 - int64(mix(g.opt.Seed, uint64(n))%700)
	}
	return g.first.UnixMilli() + from*day + int64(mix(g.opt.Seed+1, uint64(n))%(10*3_600_000)) + 9*3_600_000
}

const day = 24 * 3_600_000 // ms

// mix is a hash of two numbers (the finaliser of SplitMix64).
func mix(a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 + b + 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// profile is what a customer wrote on the form.
func (g *generator) profile(n int) customer.Customer {
	sh := &g.shoppers[n]
	r := rand.New(rand.NewPCG(g.opt.Seed, streamCustomers<<40|uint64(n)))
	seg := segments[sh.segment]
	s := &g.stores[sh.store]
	sex := "f"
	if r.Float64() < 0.38 {
		sex = "m"
	}
	h := g.m.households[g.households[sh.segment].draw(r)]
	age := seg.ages[0] + r.IntN(seg.ages[1]-seg.ages[0]+1)
	birth := g.first.AddDate(-age, 0, -r.IntN(365))
	since := g.since(n)
	c := customer.Customer{
		ID: g.customerID(n), Card: cardCode(n), Sex: sex,
		Name:   g.m.lastName(r.IntN(1<<16), sex) + " " + g.m.firstName(r.IntN(1<<16), sex),
		Phone:  fmt.Sprintf("+7900%07d", (uint64(n)+1)*7_654_321%10_000_000),
		Birth:  birth.Format(time.DateOnly),
		City:   g.m.places[int(sh.store)%len(g.m.places)].city.RU,
		Region: s.Region, Income: h.income, Home: h.home, Size: h.size, Children: h.children,
		Store: s.ID, Since: since,
		Consent: customer.Consent{Data: true, Marketing: r.Float64() < 0.72, At: since},
	}
	if r.Float64() < 0.45 {
		c.Email = fmt.Sprintf("client%06d@example.ru", n+1)
	}
	if r.Float64() < 0.12 {
		c.Birth = ""
	}
	return c
}

// firstNameOf is all of a name that tills hold.
func firstNameOf(c customer.Customer) string {
	_, first, _ := strings.Cut(c.Name, " ")
	return first
}

// cardRows sends the cards of everybody who enrolled.
func (g *generator) cardRow(n int) refdata.Row {
	c := g.profile(n)
	card := refdata.Card{Card: c.Card, Customer: c.ID, Name: firstNameOf(c)}
	if segments[g.shoppers[n].segment].name == "pensioner" {
		card.Groups = []string{seniors}
	}
	if inStaff(n) {
		card.Groups = append(card.Groups, staffGroup)
	}
	return refdata.Row{Table: refdata.CustomerCards, Value: card}
}

// fitting returns which households a segment is made of.
func (m *material) fitting(segment int) chooser {
	var c chooser
	for _, h := range m.households {
		weight := h.count
		young := h.age == "19-24" || h.age == "25-34"
		switch segments[segment].name {
		case "family":
			if h.children == 0 || h.age == "65+" {
				weight = 0
			}
		case "pensioner":
			if h.age != "65+" && h.age != "55-64" || h.children > 0 {
				weight = 0
			}
		case "student":
			if !young || h.children > 0 {
				weight = 0
			}
		case "weekender":
			if h.size < 2 {
				weight = 0
			}
		}
		c.add(weight)
	}
	return c
}

// meet makes the customers: so many that, with how often they come and how soon
// they leave, they fill the share of receipts with a card.
func (g *generator) meet(receipts float64) {
	days := float64(g.days)
	var visits float64 // of one customer, on average
	for _, seg := range segments[:passerBy] {
		// Who enrols comes on that day; after it the pace counts.
		visits += seg.share * (activeDays(seg.churn, days)/seg.interval*paceMean + 1 - existingShare)
	}
	count := max(20, int(cardShare*receipts/visits))
	r := stream(g.opt.Seed, streamCustomers)
	shares := make([]float64, passerBy)
	for i := range shares {
		shares[i] = segments[i].share
	}
	bySegment := choose(shares)
	var byStore chooser
	for _, s := range g.stores {
		byStore.add(s.traffic)
	}
	g.shoppers = make([]shopper, count)
	g.visits = make([][]int32, g.days)
	for n := range g.shoppers {
		g.meetOne(r, n, bySegment.draw(r), byStore.draw(r))
	}
}

// paceMean is the mean of how often customers of one segment come, by what its interval says.
const paceSpread = 0.35

var paceMean = math.Exp(paceSpread * paceSpread / 2)

// activeDays is how long a customer is there within the period, on average.
func activeDays(churn, days float64) float64 {
	rate := -math.Log(1-churn) / 30
	whole := (1 - math.Exp(-rate*days)) / rate
	return existingShare*whole + (1-existingShare)*(days-whole)/(rate*days)
}

func (g *generator) meetOne(r *rand.Rand, n, segment, place int) {
	seg := segments[segment]
	sh := &g.shoppers[n]
	sh.segment, sh.store = uint8(segment), uint8(place)
	sh.card = r.Float64() < seg.card
	sh.pace = float32(seg.interval * math.Exp(r.NormFloat64()*paceSpread))
	if r.Float64() > existingShare {
		sh.from = int32(r.IntN(g.days))
	}
	life := r.ExpFloat64() * 30 / -math.Log(1-seg.churn)
	sh.to = sh.from + int32(min(life, 1e6))
	g.giveHabits(r, sh)
	// The first visit of who enrols is the enrolment; others are somewhere inside their interval.
	first := float64(sh.from)
	if sh.from == 0 {
		first = r.Float64() * float64(sh.pace)
	}
	g.come(n, int(first))
}

// giveHabits chooses a customer's staples and favourites by the segment's taste.
func (g *generator) giveHabits(r *rand.Rand, sh *shopper) {
	for i := range sh.habits {
		sh.habits[i].kind = -1
		staple := staples[r.IntN(len(staples))]
		k := g.kinds[staple.name]
		if r.Float64() > 0.75*min(1, g.taste(int(sh.segment), k)) || sh.has(k) {
			continue
		}
		period := max(float64(sh.pace), staple.period*math.Exp(r.NormFloat64()*0.25))
		sh.habits[i] = habit{kind: int16(k), period: float32(period), due: float32(float64(sh.from) + r.Float64()*period)}
	}
	for i := range sh.likes {
		sh.likes[i] = int16(g.plain.draw(r))
	}
}

func (sh *shopper) has(k int) bool {
	for _, h := range sh.habits {
		if int(h.kind) == k && h.period > 0 {
			return true
		}
	}
	return false
}

// come puts a customer into the calendar.
func (g *generator) come(n, day int) {
	if day < int(g.shoppers[n].to) && day < g.days {
		g.visits[day] = append(g.visits[day], int32(n))
	}
}

// next draws when a customer who is here today comes again.
func (g *generator) next(r *rand.Rand, n, today int) {
	sh := &g.shoppers[n]
	seg := &segments[sh.segment]
	day := today + max(1, int(math.Round(gamma(r, seg.shape)*float64(sh.pace)/seg.shape)))
	// People come a day earlier or later if that suits them better.
	var suits chooser
	for d := day - 1; d <= day+1; d++ {
		weight := 0.0
		if d > today { // days after the end count too: otherwise the last one would draw them all
			date := g.first.AddDate(0, 0, d)
			weight = seg.weekdays[(date.Weekday()+6)%7] * holiday(date)
			if d == day {
				weight *= 1.5
			}
		}
		suits.add(weight)
	}
	if suits.total() > 0 {
		day += suits.draw(r) - 1
	}
	g.come(n, day)
}

// gamma draws from the gamma distribution of a shape of at least 1 and scale 1
// (Marsaglia and Tsang 2000, doi:10.1145/358407.358414).
func gamma(r *rand.Rand, shape float64) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(r.Float64()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// poisson draws from the Poisson distribution.
func poisson(r *rand.Rand, mean float64) int {
	if mean > 60 {
		return max(0, int(math.Round(mean+math.Sqrt(mean)*r.NormFloat64())))
	}
	limit, n := math.Exp(-mean), 0
	for p := r.Float64(); p > limit; p *= r.Float64() {
		n++
	}
	return n
}
