// Package segment is the file form of the analytical data: one file per store
// and month of receipts with their lines, and small files of the dimensions.
//
// A file is a header that lists typed little-endian arrays, and the arrays,
// each aligned to eight bytes, so that a reader uses them where they lie. Files
// are immutable and named by the SHA-256 of their bytes; a Manifest lists the
// files that make up the data as somebody with given rights may see it.
//
// Amounts and quantities of returns are negative: revenue is a plain sum.
// Voided lines and cancelled receipts are not in a segment.
package segment
