package report

import (
	"context"
	"encoding/json"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// Name is what a report is asked for by: a device answers it from its column
// files, the server from its own, and both say the same.
type Name string

// Reports. The comment gives request → answer.
const (
	NameRFM     Name = "rfm"     // RFMRequest → RFM
	NamePeople  Name = "people"  // PeopleRequest → []Person: the customers behind it
	NameCohorts Name = "cohorts" // CohortRequest → Cohorts
	NameBase    Name = "base"    // BaseRequest → Base
	NameABC     Name = "abc"     // ABCRequest → ABC

	NameGrowth    Name = "growth"    // GrowthRequest → Growth: why revenue changed
	NameOrders    Name = "orders"    // OrdersRequest → Orders: receipts by their sum, concentration
	NameFinance   Name = "finance"   // FinanceRequest → Finance
	NameBCG       Name = "bcg"       // BCGRequest → BCG
	NameEmployees Name = "employees" // EmployeesRequest → Employees
	NameMap       Name = "map"       // MapRequest → Map

	// Customers, and who is behind a number of theirs.
	NameCohort       Name = "cohort"        // CohortPeopleRequest → []Person
	NameBasePeople   Name = "base-people"   // BasePeopleRequest → []Person
	NameDue          Name = "due"           // DueRequest → Due, with the customers
	NameLife         Name = "life"          // StageRequest → Life
	NameLifePeople   Name = "life-people"   // StagePeopleRequest → []Person
	NameProfit       Name = "profit"        // ProfitRequest → Profit
	NameProfitPeople Name = "profit-people" // ProfitPeopleRequest → []Person
	NameProfile      Name = "profile"       // ProfileRequest → Profile
	NameCard         Name = "card"          // CardRequest → Card: one customer
)

var runners = map[Name]runner{
	NameRFM:     by(RFMOf),
	NamePeople:  by(People),
	NameCohorts: by(CohortsOf),
	NameBase:    by(BaseOf),
	NameABC:     by(ABCOf),

	NameGrowth:    by(GrowthOf),
	NameOrders:    by(OrdersOf),
	NameFinance:   by(FinanceOf),
	NameBCG:       by(BCGOf),
	NameEmployees: by(EmployeesOf),
	NameMap:       by(MapOf),

	NameCohort:       by(CohortPeople),
	NameBasePeople:   by(BasePeople),
	NameDue:          by(DueOf),
	NameLife:         by(LifeOf),
	NameLifePeople:   by(StagePeople),
	NameProfit:       by(ProfitOf),
	NameProfitPeople: by(ProfitPeople),
	NameProfile:      by(ProfileOf),
	NameCard:         by(CardOf),
}

// Request asks for a report. Ask is the JSON of the report's own request.
type Request struct {
	Report Name            `json:"report"`
	Ask    json.RawMessage `json:"ask"`
}

// CubeOf gives the cube over the business dates from … to, both included; an
// empty date is no limit.
type CubeOf func(ctx context.Context, from, to string) (*cube.Cube, error)

// Answer makes the report that r asks for over the cube of the dates that it
// needs. A report or a request that is not understood is errcode.Invalid.
func Answer(ctx context.Context, r Request, cubeOf CubeOf) (any, error) {
	run := runners[r.Report]
	if run == nil {
		return nil, errcode.New(errcode.Invalid, "report.Answer", nil).With("report", string(r.Report))
	}
	return run(ctx, r.Ask, cubeOf)
}

// spanned is a request that says which business dates it looks at.
type spanned interface{ Span() (from, to string) }

type runner func(ctx context.Context, ask []byte, cubeOf CubeOf) (any, error)

// by makes a runner of a report.
func by[Q spanned, A any](run func(context.Context, *cube.Cube, Q) (A, error)) runner {
	return func(ctx context.Context, ask []byte, cubeOf CubeOf) (any, error) {
		var q Q
		if err := json.Unmarshal(ask, &q); err != nil {
			return nil, errcode.New(errcode.Invalid, "report.Answer", err)
		}
		from, to := q.Span()
		asked := cube.Query{Measures: []cube.MeasureID{cube.Revenue}, From: from, To: to}
		if err := asked.Validate(); err != nil {
			return nil, err
		}
		c, err := cubeOf(ctx, from, to)
		if err != nil {
			return nil, err
		}
		return run(ctx, c, q)
	}
}
