// Package desk draws the pages of managers and administrators and passes on what
// they ask: sums to the report worker, everything else to the server. Every page
// is one of: being loaded, data, or an error with its code.
//
// The page has one desk, which holds all that its parts show and is touched on
// the UI goroutine only.
//
// # The frame
//
// A page is one line of the table in frame.go: its address, its area of the
// navigation, its name, which parts of the filter it honours, who may open it,
// and the constructor of its view. The frame draws navigation, tabs of the area,
// title, "data up to", and the filter bar above the view.
//
// A report page is a study (study.go). It gives
//
//   - questions: what it asks for the filter of the moment, with asks (a report
//     of package report, by name) and counts (a query of package cube). d.dates
//     and d.filter.where and d.filter.Compare are the filter.
//   - parts: the answers laid out on twelve columns. A part has a title, a
//     sentence that reads it, a chart (package chart), a grid, choices beside
//     the title. It is a value made anew for every drawing; its chart and grid
//     functions run once per answer, language and theme, and once per part.key,
//     which is what else they depend on (a choice of the page).
//   - formula: how the figures are counted.
//
// and gets: asking again when the filter changes or sales come, progress after a
// second, "Stop" after five, the states of first download, error, nothing found
// and no right; beside each part the switch between chart and table, and the menu
// with CSV, XLSX, clipboard, PNG, SVG, print and the choice of columns.
//
// A grid (grid.go) is rows of typed cells (sheet.Cell): the frame formats, sorts,
// scrolls and saves them. grid.all gets the rows that a page leaves out. A row's
// open and a part's pick open what is behind it: d.drillInto (the receipts of a
// cell, with the page's filter) or d.openList (a list of its own, such as
// customers, whose rows may open receipts in turn).
//
// The overview (board.go, widget.go) is a study too: its parts are widgets that
// the person arranges. What people keep — dashboards, filters, reports, measures
// of their own — is in saved.go: in this browser at once, at the server as soon as
// it answers, of two edits the later one. Wherever a measure can be chosen,
// d.measureOf, d.measureWord, d.figure and d.ownOf know the own ones.
//
// abc.go is a short example; cohorts.go has a choice, rfm.go a list of people.
package desk
