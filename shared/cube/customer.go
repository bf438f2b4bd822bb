package cube

import (
	"strconv"

	"tillsight/shared/segment"
)

// Keys of the customers' dimensions that are counted.
const (
	ManyPersons  = "5+" // of Household
	ManyChildren = "3+" // of Children
	OffersYes    = "yes"
	OffersNo     = "no"
)

// AgeBand is a range of ages. A person's age is the one he reaches in the year
// of the latest day of the data.
type AgeBand struct {
	Key      string
	From, To int // years, both included
}

// AgeBands lists the keys of Age, the youngest first.
var AgeBands = []AgeBand{
	{"0-17", 0, 17}, {"18-24", 18, 24}, {"25-34", 25, 34}, {"35-44", 35, 44}, {"45-54", 45, 54}, {"55-64", 55, 64}, {"65+", 65, 200},
}

// BirthFirst is the earliest year of birth that is believed.
const BirthFirst = 1900

// ageBand is the key of somebody born in a year; "" when that can't be.
func ageBand(birth, year int) string {
	if birth < BirthFirst {
		return ""
	}
	for _, band := range AgeBands {
		if age := year - birth; band.From <= age && age <= band.To {
			return band.Key
		}
	}
	return ""
}

// bounded writes a count, those of most and above as many.
func bounded(n, most int32, many string) string {
	if n >= most {
		return many
	}
	return strconv.Itoa(int(n))
}

// customerKey returns how dimension id is read from a customer, nil when it is
// not one of customers.
func (m *mapper) customerKey(id DimID) func(c segment.Customer) string {
	if id == Age {
		year := m.today.Year()
		return func(c segment.Customer) string { return ageBand(int(c.Birth), year) }
	}
	return ReadCustomer(id)
}

// ReadCustomer returns how dimension id is read from a customer; nil when it is
// not one of customers, or Age, which depends on the day.
func ReadCustomer(id DimID) func(c segment.Customer) string {
	switch id {
	case Customer:
		return func(c segment.Customer) string { return c.ID }
	case CustomerGroup:
		return func(c segment.Customer) string { return c.Group }
	case Sex:
		return func(c segment.Customer) string { return c.Sex }
	case City:
		return func(c segment.Customer) string { return c.City }
	case HomeRegion:
		return func(c segment.Customer) string { return c.Region }
	case HomeStore:
		return func(c segment.Customer) string { return c.Store }
	case Income:
		return func(c segment.Customer) string { return c.Income }
	case Home:
		return func(c segment.Customer) string { return c.Home }
	case Household:
		return func(c segment.Customer) string {
			if c.Size <= 0 {
				return ""
			}
			return bounded(c.Size, 5, ManyPersons)
		}
	case Children:
		return func(c segment.Customer) string {
			if c.Size <= 0 {
				return ""
			}
			return bounded(max(c.Children, 0), 3, ManyChildren)
		}
	case Offers:
		return func(c segment.Customer) string {
			switch {
			case !c.Known:
				return ""
			case c.Offers:
				return OffersYes
			}
			return OffersNo
		}
	}
	return nil
}

// OfCustomers reports whether a dimension says something about customers.
func OfCustomers(id DimID) bool { return id == Age || id == Segment || ReadCustomer(id) != nil }

// members lays segments over customers: source value 0 is the unknown customer.
// It reports for each whether he is in any of the segments named.
func (c *Cube) members(ids []string) []bool {
	m := mapper{dims: c.data.Dims, bounds: c.bounds}
	in := make([]bool, m.customers())
	for key, s := range c.data.Dims.Segments {
		if !contains(ids, s.ID) || s.ID == "" || key >= len(c.data.Dims.Members) {
			continue
		}
		for _, customer := range c.data.Dims.Members[key] {
			if int(customer)+1 < len(in) {
				in[customer+1] = true
			}
		}
	}
	return in
}

// Year returns the calendar year of d.
func (d EpochDay) Year() int { return d.time().Year() }

// Weekday returns the day of the week of d: 0 Monday … 6 Sunday.
func (d EpochDay) Weekday() int { return (int(d.time().Weekday()) + 6) % 7 }

// Today returns the day that ages are counted at: the latest of the data.
func (c *Cube) Today() EpochDay {
	if c.data.Today != 0 {
		return c.data.Today
	}
	return EpochDay(c.bounds.LastDay)
}

// Customer returns the row of a customer's key.
func (c *Cube) Customer(key int32) segment.Customer {
	if key < 0 || int(key) >= len(c.data.Dims.Customers) {
		return segment.Customer{}
	}
	return c.data.Dims.Customers[key]
}

// AgeOf returns the key of Age of a customer.
func (c *Cube) AgeOf(who segment.Customer) string { return ageBand(int(who.Birth), c.Today().Year()) }

// Person returns who a customer is; not ok when the reader may not know.
func (c *Cube) Person(key int32) (p segment.Person, ok bool) {
	if key < 0 || int(key) >= len(c.data.Dims.People) {
		return p, false
	}
	p = c.data.Dims.People[key]
	return p, p != segment.Person{}
}

// Named reports whether the reader may see who customers are.
func (c *Cube) Named() bool { return len(c.data.Dims.People) > 0 }

// CustomerKey returns the key of the customer with an ID.
func (c *Cube) CustomerKey(id string) (key int32, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.customers == nil {
		c.customers = make(map[string]int32, len(c.data.Dims.Customers))
		for key, customer := range c.data.Dims.Customers {
			c.customers[customer.ID] = int32(key)
		}
	}
	key, ok = c.customers[id]
	return key, ok && id != ""
}

// SegmentsOf returns the IDs of the segments that a customer is in.
func (c *Cube) SegmentsOf(key int32) (ids []string) {
	for s, members := range c.data.Dims.Members {
		for _, member := range members {
			if member == key && s < len(c.data.Dims.Segments) {
				ids = append(ids, c.data.Dims.Segments[s].ID)
				break
			}
		}
	}
	return ids
}

// CustomerKeys returns how many keys of customers there are.
func (c *Cube) CustomerKeys() int {
	m := mapper{dims: c.data.Dims, bounds: c.bounds}
	return m.customers() - 1
}
