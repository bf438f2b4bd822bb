// Package i18n turns keys, error codes and values into words and figures of the
// user's language. It is the only place that holds words for people.
//
// A Message is declared with its text in every language at once, so a missing
// translation does not compile. Figures and dates are formatted by the
// browser's Intl; other platforms have a fixed form for tests.
package i18n
