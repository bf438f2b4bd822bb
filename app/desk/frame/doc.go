// Package frame stands around the desk's pages: navigation, session, filter bar,
// what people keep, the palette, the report worker's life. It knows no page: the
// program gives it those of all areas.
//
// It draws navigation, the tabs of the area, title, "data up to", and the filter
// bar above the view; asks again when the filter changes or sales come.
package frame
