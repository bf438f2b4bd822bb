package receipt

import (
	"slices"

	"tillsight/shared/canonical"
)

// AppendJSON appends the same bytes that encoding/json makes of r. A test holds
// the two equal for every field; a new field goes to both.
func (r *Receipt) AppendJSON(dst []byte) []byte {
	dst = slices.Grow(dst, 640+416*len(r.Lines))
	dst = canonical.Text(dst, `{"id":`, r.ID)
	dst = canonical.Text(dst, `,"number":`, r.Number)
	dst = canonical.Text(dst, `,"type":`, string(r.Type))
	dst = canonical.Text(dst, `,"state":`, string(r.State))
	dst = canonical.Int(dst, `,"shift":`, r.Shift)
	dst = canonical.Int(dst, `,"opened":`, r.Opened)
	dst = canonical.IntIf(dst, `,"closed":`, r.Closed)
	dst = canonical.IntIf(dst, `,"zone":`, r.Zone)
	dst = canonical.Text(dst, `,"date":`, r.Date)
	dst = canonical.TextIf(dst, `,"priced":`, r.Priced)
	dst = canonical.Text(dst, `,"cashier":`, r.Cashier)
	dst = canonical.TextIf(dst, `,"scanned":`, r.Scanned)
	dst = canonical.TextIf(dst, `,"customer":`, r.Customer)
	dst = canonical.TextIf(dst, `,"card":`, r.Card)
	dst = canonical.TextIf(dst, `,"store":`, r.Store)
	dst = canonical.TextIf(dst, `,"original":`, r.Original)
	dst = canonical.TextIf(dst, `,"reason":`, r.Reason)
	dst = canonical.TextIf(dst, `,"parked":`, r.Parked)
	if len(r.Groups) > 0 {
		dst = canonical.List(dst, `,"groups":`, r.Groups, appendText)
	}
	if len(r.Coupons) > 0 {
		dst = canonical.List(dst, `,"coupons":`, r.Coupons, appendText)
	}
	dst = canonical.IntIf(dst, `,"rules":`, r.Rules)
	if len(r.Used) > 0 {
		dst = canonical.List(dst, `,"used":`, r.Used, appendUsed)
	}
	if len(r.Totals) > 0 {
		dst = canonical.List(dst, `,"totals":`, r.Totals, appendUsed)
	}
	if r.Age != (AgeCheck{}) {
		dst = canonical.Int(dst, `,"age":{"years":`, r.Age.Years)
		dst = canonical.Text(dst, `,"by":`, r.Age.By)
		dst = append(canonical.Int(dst, `,"at":`, r.Age.At), '}')
	}
	if r.Lines == nil {
		dst = append(dst, `,"lines":null`...)
	} else {
		dst = canonical.List(dst, `,"lines":`, r.Lines, appendLine)
	}
	if len(r.Tenders) > 0 {
		dst = canonical.List(dst, `,"tenders":`, r.Tenders, appendTender)
	}
	dst = canonical.Int(dst, `,"total":`, r.Total)
	dst = canonical.Int(dst, `,"discount":`, r.Discount)
	dst = appendManual(dst, r.Manual)
	if len(r.Saved) > 0 {
		dst = canonical.List(dst, `,"saved":`, r.Saved, appendSaved)
	}
	if len(r.Sources) > 0 {
		dst = canonical.List(dst, `,"sources":`, r.Sources, appendSource)
	}
	if len(r.Tax) > 0 {
		dst = canonical.List(dst, `,"tax":`, r.Tax, appendTaxTotal)
	}
	dst = canonical.IntIf(dst, `,"change":`, r.Change)
	return append(dst, '}')
}

func appendLine(dst []byte, l *Line) []byte {
	dst = canonical.Int(dst, `{"n":`, l.N)
	dst = canonical.Text(dst, `,"sku":`, string(l.SKU))
	dst = canonical.TextIf(dst, `,"code":`, l.Code)
	dst = canonical.Text(dst, `,"name":{"ru":`, l.Name.RU)
	dst = canonical.TextIf(dst, `,"en":`, l.Name.EN)
	dst = append(dst, '}')
	dst = canonical.TextIf(dst, `,"category":`, l.Category)
	dst = canonical.Text(dst, `,"unit":`, string(l.Unit))
	dst = canonical.Int(dst, `,"qty":`, l.Quantity)
	dst = canonical.Int(dst, `,"price":`, l.Price)
	dst = canonical.IntIf(dst, `,"min":`, l.MinPrice)
	dst = canonical.TextIf(dst, `,"mark":`, l.Mark)
	dst = canonical.TextIf(dst, `,"list":`, l.List)
	dst = canonical.IntIf(dst, `,"pack_max":`, l.PackMax)
	if len(l.Offers) > 0 {
		dst = canonical.List(dst, `,"offers":`, l.Offers, appendOffer)
	}
	dst = appendManual(dst, l.Manual)
	dst = canonical.IntIf(dst, `,"label":`, l.LabelSum)
	dst = canonical.Text(dst, `,"tax_class":`, string(l.TaxClass))
	dst = canonical.Int(dst, `,"tax_bp":`, l.TaxBP)
	dst = canonical.True(dst, `,"tax_add":`, l.TaxAdded)
	dst = canonical.True(dst, `,"single":`, l.Single)
	dst = canonical.True(dst, `,"voided":`, l.Voided)
	dst = canonical.TextIf(dst, `,"reason":`, string(l.Reason))
	dst = canonical.IntIf(dst, `,"min_age":`, l.MinAge)
	dst = canonical.TextIf(dst, `,"batch":`, l.Batch)
	dst = canonical.TextIf(dst, `,"serial":`, l.Serial)
	dst = canonical.TextIf(dst, `,"expires":`, l.Expires)
	dst = canonical.TextIf(dst, `,"best":`, l.Best)
	if len(l.Parts) > 0 {
		dst = canonical.List(dst, `,"parts":`, l.Parts, appendPart)
	}
	dst = canonical.Int(dst, `,"at":`, l.At)
	dst = canonical.Int(dst, `,"gross":`, l.Gross)
	dst = canonical.Int(dst, `,"discount":`, l.Discount)
	dst = canonical.Int(dst, `,"net":`, l.Net)
	dst = canonical.Int(dst, `,"tax":`, l.Tax)
	if len(l.Applied) > 0 {
		dst = canonical.List(dst, `,"applied":`, l.Applied, appendApplied)
	}
	dst = canonical.TextIf(dst, `,"regulated":`, l.Regulated)
	return append(dst, '}')
}

func appendPart(dst []byte, p *Part) []byte {
	dst = canonical.Text(dst, `{"sku":`, string(p.SKU))
	dst = canonical.Text(dst, `,"name":{"ru":`, p.Name.RU)
	dst = canonical.TextIf(dst, `,"en":`, p.Name.EN)
	dst = canonical.Int(append(dst, '}'), `,"qty":`, p.Quantity)
	dst = canonical.Int(dst, `,"worth":`, p.Worth)
	dst = canonical.Text(dst, `,"tax_class":`, string(p.TaxClass))
	dst = canonical.Int(dst, `,"tax_bp":`, p.TaxBP)
	dst = canonical.Int(dst, `,"net":`, p.Net)
	return append(canonical.Int(dst, `,"tax":`, p.Tax), '}')
}

func appendText(dst []byte, text *string) []byte { return canonical.String(dst, *text) }

func appendManual(dst []byte, m Manual) []byte {
	if m == (Manual{}) {
		return dst
	}
	start := len(dst) + len(`,"manual":`)
	dst = append(dst, `,"manual":`...)
	dst = canonical.IntIf(dst, `,"bp":`, m.BP)
	dst = canonical.IntIf(dst, `,"amount":`, m.Amount)
	dst = canonical.IntIf(dst, `,"limit":`, m.Limit)
	dst = canonical.TextIf(dst, `,"by":`, m.By)
	dst = canonical.TextIf(dst, `,"reason":`, m.Reason)
	dst[start] = '{' // every member may be absent, one is there
	return append(dst, '}')
}

func appendApplied(dst []byte, a *Applied) []byte {
	dst = canonical.Text(dst, `{"rule":`, a.Rule)
	dst = canonical.IntIf(dst, `,"v":`, a.Version)
	dst = canonical.Int(dst, `,"amount":`, a.Amount)
	return append(dst, '}')
}

func appendOffer(dst []byte, o *Offer) []byte {
	start := len(dst)
	dst = canonical.TextIf(dst, `,"list":`, o.List)
	dst = canonical.Int(dst, `,"price":`, o.Price)
	dst = canonical.IntIf(dst, `,"min":`, o.Min)
	dst[start] = '{'
	return append(dst, '}')
}

func appendSource(dst []byte, s *Source) []byte {
	start := len(dst)
	dst = canonical.TextIf(dst, `,"list":`, s.List)
	dst = canonical.TextIf(dst, `,"regulation":`, s.Regulation)
	dst = canonical.IntIf(dst, `,"v":`, s.Version)
	dst = canonical.Text(dst, `,"name":{"ru":`, s.Name.RU)
	dst = canonical.TextIf(dst, `,"en":`, s.Name.EN)
	dst[start] = '{'
	return append(dst, "}}"...)
}

func appendUsed(dst []byte, u *Used) []byte {
	dst = canonical.Text(dst, `{"rule":`, u.Rule)
	dst = canonical.Int(dst, `,"times":`, u.Times)
	return append(dst, '}')
}

func appendSaved(dst []byte, s *Saved) []byte {
	dst = canonical.Text(dst, `{"rule":`, s.Rule)
	dst = canonical.IntIf(dst, `,"v":`, s.Version)
	dst = canonical.Text(dst, `,"name":{"ru":`, s.Name.RU)
	dst = canonical.TextIf(dst, `,"en":`, s.Name.EN)
	dst = canonical.Int(append(dst, '}'), `,"amount":`, s.Amount)
	dst = canonical.IntIf(dst, `,"times":`, s.Times)
	if len(s.Coupons) > 0 {
		dst = canonical.List(dst, `,"coupons":`, s.Coupons, appendText)
	}
	return append(dst, '}')
}

func appendTender(dst []byte, t *Tender) []byte {
	dst = canonical.Text(dst, `{"kind":`, string(t.Kind))
	dst = canonical.Int(dst, `,"amount":`, t.Amount)
	dst = canonical.TextIf(dst, `,"ref":`, t.Ref)
	return append(dst, '}')
}

func appendTaxTotal(dst []byte, t *TaxTotal) []byte {
	dst = canonical.Int(dst, `{"bp":`, t.BP)
	dst = canonical.TextIf(dst, `,"class":`, string(t.Class))
	dst = canonical.Int(dst, `,"base":`, t.Base)
	dst = canonical.Int(dst, `,"tax":`, t.Tax)
	return append(dst, '}')
}
