package segment

import (
	"fmt"
	"slices"

	"tillsight/shared/catalogue"
)

// segmentsMax bounds the keys of segments.
const segmentsMax = 1 << 16

// Customer is a card holder without anything that says who he is. What nobody
// told is empty or 0.
type Customer struct {
	ID    string
	Group string // the chain's name for customers like this one

	Sex      string // "f", "m"
	Birth    int32  // year
	City     string
	Region   string
	Income   string // band
	Home     string // "owner", "renter"
	Size     int32  // persons in the household
	Children int32  // says nothing when Size is 0
	Store    string // ID of the one where he enrolled
	Since    int64  // unix ms of the enrolment
	Known    bool   // there is a profile, and with it the consents
	Data     bool   // consent: keep the profile
	Offers   bool   // consent: send offers
}

// Person is who a customer is. Only users with the right to personal data are
// sent any, and only of customers who allowed it to be kept.
type Person struct {
	Name  string
	Phone string
	Email string
	Card  string // barcode of the card
}

// Segment is a named set of customers.
type Segment struct {
	ID   string
	Name catalogue.Text
}

// CustomerFile returns customers in file form.
func CustomerFile(r Rows[Customer]) File {
	n := len(r.Rows)
	text := func(of func(*Customer) string) []string {
		list := make([]string, n)
		for i := range list {
			list[i] = of(&r.Rows[i])
		}
		return list
	}
	number := func(of func(*Customer) int32) []int32 {
		list := make([]int32, n)
		for i := range list {
			list[i] = of(&r.Rows[i])
		}
		return list
	}
	since, consent := make([]int64, n), make([]uint8, n)
	for i, c := range r.Rows {
		since[i], consent[i] = c.Since, c.consent()
	}
	return dimFile(TableCustomer, "", r.Keys,
		Column{"id", text(func(c *Customer) string { return c.ID })},
		Column{"group", text(func(c *Customer) string { return c.Group })},
		Column{"sex", text(func(c *Customer) string { return c.Sex })},
		Column{"birth", number(func(c *Customer) int32 { return c.Birth })},
		Column{"city", text(func(c *Customer) string { return c.City })},
		Column{"region", text(func(c *Customer) string { return c.Region })},
		Column{"income", text(func(c *Customer) string { return c.Income })},
		Column{"home", text(func(c *Customer) string { return c.Home })},
		Column{"size", number(func(c *Customer) int32 { return c.Size })},
		Column{"children", number(func(c *Customer) int32 { return c.Children })},
		Column{"store", text(func(c *Customer) string { return c.Store })},
		Column{"since", since},
		Column{"consent", consent},
	)
}

// Bits of the column of consents.
const (
	bitKnown = 1 << iota
	bitData
	bitOffers
)

func (c Customer) consent() (bits uint8) {
	for bit, set := range map[uint8]bool{bitKnown: c.Known, bitData: c.Data, bitOffers: c.Offers} {
		if set {
			bits |= bit
		}
	}
	return bits
}

// PersonFile returns who the customers of a store are in file form. Store is
// where they enrolled, "" when that is not known.
func PersonFile(store string, r Rows[Person]) File {
	n := len(r.Rows)
	name, phone, email, card := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, p := range r.Rows {
		name[i], phone[i], email[i], card[i] = p.Name, p.Phone, p.Email, p.Card
	}
	return dimFile(TablePerson, store, r.Keys, Column{"name", name}, Column{"phone", phone}, Column{"email", email}, Column{"card", card})
}

// SegmentFile returns segments in file form.
func SegmentFile(r Rows[Segment]) File {
	n := len(r.Rows)
	id, ru, en := make([]string, n), make([]string, n), make([]string, n)
	for i, s := range r.Rows {
		id[i], ru[i], en[i] = s.ID, s.Name.RU, s.Name.EN
	}
	return dimFile(TableSegment, "", r.Keys, Column{"id", id}, Column{"ru", ru}, Column{"en", en})
}

// MemberFile returns the customers (keys, ascending) of the segment with a key
// in file form.
func MemberFile(segment int32, customers []int32) File {
	return dimFile(TableMember, "", customers, Column{"segment", slices.Repeat([]int32{segment}, len(customers))})
}

func (d *Dims) addCustomers(r *reader, table Table, keys []int32) {
	n := len(keys)
	text := func(name string) []string { return read[string](r, name, n) }
	number := func(name string) []int32 { return read[int32](r, name, n) }
	switch table {
	case TableCustomer:
		id, group, sex, birth := text("id"), text("group"), text("sex"), number("birth")
		city, region, income, home := text("city"), text("region"), text("income"), text("home")
		size, children, store := number("size"), number("children"), text("store")
		since, consent := read[int64](r, "since", n), read[uint8](r, "consent", n)
		d.Customers = place(r, d.Customers, keys, func(i int) Customer {
			return Customer{
				ID: id[i], Group: group[i], Sex: sex[i], Birth: birth[i], City: city[i], Region: region[i],
				Income: income[i], Home: home[i], Size: size[i], Children: children[i], Store: store[i], Since: since[i],
				Known: consent[i]&bitKnown > 0, Data: consent[i]&bitData > 0, Offers: consent[i]&bitOffers > 0,
			}
		})
	case TablePerson:
		name, phone, email, card := text("name"), text("phone"), text("email"), text("card")
		d.People = place(r, d.People, keys, func(i int) Person { return Person{name[i], phone[i], email[i], card[i]} })
	case TableSegment:
		id, ru, en := text("id"), text("ru"), text("en")
		d.Segments = place(r, d.Segments, keys, func(i int) Segment {
			return Segment{id[i], catalogue.Text{RU: ru[i], EN: en[i]}}
		})
	case TableMember:
		d.addMembers(r, keys, number("segment"))
	}
}

// addMembers puts customers into the one segment of their file.
func (d *Dims) addMembers(r *reader, customers, segments []int32) {
	if r.err != nil || len(customers) == 0 {
		return
	}
	segment := segments[0]
	for _, other := range segments {
		if other != segment || segment < 0 || segment >= segmentsMax {
			r.err = fmt.Errorf("members of segments %d and %d", segment, other)
			return
		}
	}
	for int(segment) >= len(d.Members) {
		d.Members = append(d.Members, nil)
	}
	d.Members[segment] = customers
}
