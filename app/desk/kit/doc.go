// Package kit is what the desk's pages are made of. The pages of managers and
// administrators ask the report worker for sums and the server for everything
// else; every page is one of: being loaded, data, or an error with its code.
//
// An area of the navigation is a package beside this one. Its Pages are given to
// the frame by the program; areas never import each other, nor the frame. A page
// is given a Desk, which knows the filter, the language and whom to ask, and is
// touched on the UI goroutine only. State of a page lives in its View.
//
// A report page is a Study (study.go). It gives
//
//   - Questions: what it asks for the filter of the moment, with Asks (a report
//     of package report, by name) and Counts (a query of package cube).
//     Desk.Dates, Filter.Conditions and Filter.Compare are the filter.
//   - Parts: the answers laid out on twelve columns. A part has a title, a
//     sentence that reads it, a chart (package chart), a grid, choices beside
//     the title. It is a value made anew for every drawing; its chart and grid
//     functions run once per answer, language and theme, and once per Part.Key,
//     which is what else they depend on (a choice of the page).
//   - Formula: how the figures are counted.
//
// and gets: asking again when the filter changes or sales come, progress after a
// second, "Stop" after five, the states of first download, error, nothing found
// and no right; beside each part the switch between chart and table, and the menu
// with CSV, XLSX, clipboard, PNG, SVG, print and the choice of columns.
//
// A Grid (grid.go) is rows of typed cells (sheet.Cell): the kit formats, sorts,
// scrolls and saves them. Grid.All gets the rows that a page leaves out. A row's
// Open and a part's Pick open what is behind it: Desk.DrillInto (the receipts of a
// cell, with the page's filter) or Desk.OpenList (a list of its own, such as
// customers, whose rows may open receipts in turn).
//
// What people keep — dashboards, filters, reports, measures of their own — is in
// saved.go: in this browser at once, at the server as soon as it answers, of two
// edits the later one. Wherever a measure can be chosen, Desk.MeasureOf,
// Desk.MeasureWord, Desk.Figure and OwnOf know the own ones.
package kit
