// Package cube is the semantic layer of all reports: measures, dimensions,
// filters, periods and comparisons. A report is a Query, never code of its own.
//
// A Query says what is asked, in the trade's words; an executor answers it. The
// one here, Run, works on the typed columns of package segment. Any other (SQL)
// must give the same Result for the same Query, to the kopeck, so everything is
// a whole number: ratios are rounded half away from zero at a fixed scale.
//
// Every report keeps one promise: the rows behind a number add up to it. For
// additive measures the rows of any breakdown, with the rest, sum to the total
// under any filter; distinct counts and ratios are computed for each row and for
// the total from the facts themselves.
package cube
