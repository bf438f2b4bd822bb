package sheet

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// part is a file of the workbook that is written at the end.
type part struct{ name, text string }

// Styles of cells: numbers of the <xf> in styleSheet.
const (
	styleText = iota
	styleHead
	styleShare
	styleDate
	styleMoment
	styleWhole // numbers follow by their decimal places
)

// decimalsMax is the most decimal places that a number is shown with.
const decimalsMax = 9

func styleOf(c Column) int {
	switch c.Kind {
	case Number:
		return styleWhole + min(max(c.Exponent, 0), decimalsMax)
	case Share:
		return styleShare
	case Date:
		return styleDate
	case Moment:
		return styleMoment
	}
	return styleText
}

// styleSheet declares the styles.
func styleSheet() string {
	var formats, xfs strings.Builder
	const own = 164 // the first number of formats that are not built in
	for n := range decimalsMax + 1 {
		code := "#,##0"
		if n > 0 {
			code += "." + strings.Repeat("0", n)
		}
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, own+n, code)
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, own+n)
	}
	const share, moment = own + decimalsMax + 1, own + decimalsMax + 2
	fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="0.0%%"/><numFmt numFmtId="%d" formatCode="yyyy\-mm\-dd\ hh:mm"/>`, share, moment)
	return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, decimalsMax+3, formats.String()) +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">`, styleWhole+decimalsMax+1) +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
		fmt.Sprintf(`<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, share) +
		`<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		fmt.Sprintf(`<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`, moment) +
		xfs.String() + `</cellXfs></styleSheet>`
}

const (
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packages  = "http://schemas.openxmlformats.org/package/2006"
	mime      = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// parts are the files that name the others.
func (x *XLSX) parts() []part {
	var types, sheets, links strings.Builder
	for i, name := range x.names {
		var b bytes.Buffer
		// A bytes.Buffer takes everything.
		_ = xml.EscapeText(&b, []byte(name))
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, mime)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, b.String(), i+1, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relations, i+1)
	}
	return []part{
		{"[Content_Types].xml", `<Types xmlns="` + packages + `/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + mime + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + mime + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packages + `/relationships">` +
			`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relations + `"><sheets>` +
			sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packages + `/relationships">` + links.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(x.names)+1, relations)},
		{"xl/styles.xml", styleSheet()},
	}
}
