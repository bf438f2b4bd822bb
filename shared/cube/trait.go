package cube

// Trait is something told of a customer in a word: a dimension, a field of
// audiences and a column of the profile.
type Trait struct {
	Dim    DimID
	Field  string // of package audience
	Column string // of the table customer_profile
}

var traits = []Trait{
	{Sex, "sex", "sex"},
	{City, "city", "city"},
	{HomeRegion, "region", "region"},
	{HomeStore, "home_store", "store"},
	{Income, "income", "income"},
	{Home, "home", "home"},
}

// Traits returns every trait.
func Traits() []Trait { return append([]Trait(nil), traits...) }
