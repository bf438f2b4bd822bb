package report

import (
	"context"

	"tillsight/shared/catalogue"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cycle"
	"tillsight/shared/mining/rfm"
)

const (
	cardMonths     = 12 // of history
	cardCategories = 8
)

// CardRequest asks for everything about one customer up to a date.
type CardRequest struct {
	To      string      `json:"to"`
	ID      string      `json:"id"`
	Window  int         `json:"window,omitempty"` // of the stages, as in StageRequest
	Borders *RFMBorders `json:"borders,omitempty"`
}

// Span implements the period that must be at hand.
func (r CardRequest) Span() (from, to string) { return "", r.To }

// Card is a customer.
type Card struct {
	Person
	Email    string         `json:"email,omitempty"`
	Card     string         `json:"card,omitempty"`
	Named    bool           `json:"named"` // the reader may know who customers are
	Group    string         `json:"group,omitempty"`
	Sex      string         `json:"sex,omitempty"`
	Age      string         `json:"age,omitempty"` // band
	City     string         `json:"city,omitempty"`
	Income   string         `json:"income,omitempty"`
	Home     string         `json:"home,omitempty"`
	Size     int            `json:"size,omitempty"`     // persons in the household
	Children int            `json:"children,omitempty"` // says nothing when Size is 0
	Store    catalogue.Text `json:"store,omitzero"`     // where he enrolled
	Since    int64          `json:"since,omitempty"`    // unix ms
	Known    bool           `json:"known"`              // there is a profile
	Offers   bool           `json:"offers"`             // may be sent some
	First    string         `json:"first"`              // dates of the first and latest purchase, "" when there is none
	Last     string         `json:"last"`
	Receipt  int64          `json:"receipt"` // average
	Discount int64          `json:"discount"`
	Segments []CardSegment  `json:"segments"`
	Months   []CardMonth    `json:"months"` // oldest first
	Goods    []CardGoods    `json:"goods"`  // what he spends most on
}

// CardSegment is a segment that he is in.
type CardSegment struct {
	ID   string         `json:"id"`
	Name catalogue.Text `json:"name,omitzero"`
}

// CardMonth is a month of his, and where he was at its end.
type CardMonth struct {
	Month    string      `json:"month"`
	Receipts int         `json:"receipts"`
	Revenue  int64       `json:"revenue"`
	Segment  rfm.Segment `json:"segment"`         // RFMNobody: nothing in the year
	Stage    cycle.Stage `json:"stage,omitempty"` // "": had not bought yet
}

// CardGoods is a category of his.
type CardGoods struct {
	Key     string         `json:"key"`
	Name    catalogue.Text `json:"name,omitzero"`
	Revenue int64          `json:"revenue"`
}

// NameCard is what CardOf is asked for by.
var NameCard = define("card", CardOf)

// CardOf answers r.
func CardOf(ctx context.Context, c *cube.Cube, r CardRequest) (*Card, error) {
	key, ok := c.CustomerKey(r.ID)
	if !ok {
		return nil, errcode.New(errcode.NotFound, "report.CardOf", nil)
	}
	scores := RFMRequest{Borders: r.Borders}
	if err := scores.check(); err != nil {
		return nil, err
	}
	asOf, err := cube.ParseDay(r.To)
	if err != nil {
		return nil, err
	}
	own := []cube.Filter{{Dim: cube.Customer, In: []string{r.ID}}}
	f, err := gather(ctx, c, cube.Slice{To: r.To, Where: own}, func(v *cube.Visit) int64 { return v.Discount })
	if err != nil {
		return nil, err
	}
	out := &Card{Person: f.person(c, int(key), asOf), Segments: []CardSegment{}, Months: []CardMonth{}, Goods: []CardGoods{}}
	out.Discount, out.Value = out.Value, out.Revenue
	if f.receipts[key] > 0 {
		out.First, out.Last = f.first[key].String(), f.last[key].String()
	}
	out.tell(c, key)
	if err := out.rhythm(ctx, c, r, key, int(asOf-f.last[key])); err != nil {
		return nil, err
	}
	if err := out.history(ctx, c, r, key); err != nil {
		return nil, err
	}
	return out, out.favour(ctx, c, cube.Slice{To: r.To, Where: own})
}

// tell fills in what the profile says.
func (out *Card) tell(c *cube.Cube, key int32) {
	who := c.Customer(key)
	out.Named = c.Named()
	if p, ok := c.Person(key); ok {
		out.Email, out.Card = p.Email, p.Card
	}
	out.Group, out.Sex, out.City, out.Income, out.Home = who.Group, who.Sex, who.City, who.Income, who.Home
	out.Age = c.AgeOf(who)
	out.Size, out.Children, out.Since, out.Known, out.Offers = int(who.Size), int(who.Children), who.Since, who.Known, who.Offers
	if name, ok := c.Name(cube.Store, who.Store); ok {
		out.Store = name
	} else {
		out.Store = catalogue.Text{RU: who.Store, EN: who.Store}
	}
	for _, id := range c.SegmentsOf(key) {
		name, _ := c.Name(cube.Segment, id)
		out.Segments = append(out.Segments, CardSegment{id, name})
	}
}

// rhythm says how often he comes, from the year before.
func (out *Card) rhythm(ctx context.Context, c *cube.Cube, r CardRequest, key int32, silence int) error {
	s := cube.Slice{From: yearBefore(r.To), To: r.To, Where: []cube.Filter{{Dim: cube.Customer, In: []string{r.ID}}}}
	days, err := c.Activity(ctx, s, cube.Day)
	if err != nil {
		return err
	}
	days.Each(func(k int32, on []int) {
		if k != key {
			return
		}
		rhythm, ok := cycle.RhythmOf(on)
		out.Gaps = rhythm.Gaps
		if ok {
			out.Gap, out.Long, out.Shorter = rhythm.Median, rhythm.Long, cycle.Shorter(on, silence)
			out.Due = rhythm.Of(silence)
		}
	})
	return nil
}

// history says where he was at the end of each of the latest months, and where
// he is now.
func (out *Card) history(ctx context.Context, c *cube.Cube, r CardRequest, key int32) error {
	stages := StageRequest{To: r.To, Window: r.Window}
	if err := stages.check(); err != nil {
		return err
	}
	cal, err := periods(c, cube.Month, r.To)
	if err != nil {
		return err
	}
	months := make([]CardMonth, len(cal.keys))
	var bought []cube.EpochDay // of every receipt of sale
	err = c.Visits(ctx, cube.Slice{To: r.To, Where: []cube.Filter{{Dim: cube.Customer, In: []string{r.ID}}}}, func(v *cube.Visit) {
		m := &months[cal.at(v.Day)]
		m.Revenue += v.Net
		if !v.Return {
			m.Receipts++
			bought = append(bought, v.Day)
		}
	})
	if err != nil {
		return err
	}
	for i := max(0, len(months)-cardMonths); i < len(months); i++ {
		m := &months[i]
		m.Month = cal.keys[i]
		end := min(r.To, cal.end(i).String())
		last, err := cube.ParseDay(end)
		if err != nil {
			return err
		}
		borders, f, err := bordered(ctx, c, RFMRequest{Borders: r.Borders}, end)
		if err != nil {
			return err
		}
		m.Segment = RFMNobody
		out.Recency, out.Frequency, out.Money = 0, 0, 0
		if n := f.receipts[key]; n > 0 {
			p := Person{Days: int(last - f.last[key]), Receipts: int(n), Revenue: f.net[key]}
			borders.score(&p)
			m.Segment, out.Recency, out.Frequency, out.Money = p.Segment, p.Recency, p.Frequency, p.Money
		}
		if l, ok := lifeAt(bought, last, stages.Window); ok {
			m.Stage = l.Stage(stages.Window)
		}
		out.Segment, out.Stage = m.Segment, m.Stage
		out.Months = append(out.Months, *m)
	}
	return nil
}

// lifeAt is a customer's purchases as of a day, from the days of all of them; not
// ok before the first.
func lifeAt(bought []cube.EpochDay, asOf cube.EpochDay, window int) (l cycle.Life, ok bool) {
	for _, day := range bought {
		ago := int(asOf - day)
		if ago < 0 {
			continue
		}
		if !ok {
			l.First, l.Last, ok = ago, ago, true
		}
		l.First, l.Last = max(l.First, ago), min(l.Last, ago)
		switch {
		case ago < window:
			l.Now++
		case ago < 2*window:
			l.Before++
		}
	}
	return l, ok
}

// favour names the categories that he spends most on.
func (out *Card) favour(ctx context.Context, c *cube.Cube, s cube.Slice) error {
	r, err := c.Run(ctx, cube.Query{
		Measures: []cube.MeasureID{cube.Revenue}, By: []cube.DimID{cube.Category}, To: s.To, Where: s.Where,
		Sort: []cube.Sort{{Measure: cube.Revenue, Desc: true}}, Limit: cardCategories,
	}, nil)
	if err != nil {
		return err
	}
	for _, row := range r.Rows {
		out.Goods = append(out.Goods, CardGoods{Key: row.Keys[0], Name: r.Names[0][row.Keys[0]], Revenue: row.Values[0].N})
	}
	q := cube.Query{Measures: []cube.MeasureID{cube.AverageReceipt}, To: s.To, Where: s.Where}
	average, err := c.Run(ctx, q, nil)
	if err != nil {
		return err
	}
	out.Receipt = average.Total.Values[0].N
	return nil
}
