package main

import (
	"fmt"
	"os"

	"tillsight/server/setup"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
)

// setupCommand writes a chain from a file, or back to one.
type setupCommand struct {
	dataDir
	File   string `xor:"what" required:"" type:"existingfile" help:"Document with company, taxes, categories, stores, tills and people, in YAML; what differs is written, and nothing is taken away."`
	Print  bool   `xor:"what" required:"" help:"Write the chain as such a document; PINs are not in it."`
	DryRun bool   `help:"Say what would be written, and write nothing."`
}

// Run implements the command.
func (c *setupCommand) Run(s streams) error {
	if c.Print {
		return c.print(s)
	}
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("setup: %w", err)
	}
	document, err := setup.Parse(text)
	if err != nil {
		if line := errcode.As(err).Data["line"]; line != "" {
			return fmt.Errorf("%s, line %s: %w", c.File, line, err)
		}
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return c.begin(func(t *truth) error {
		do := t.start.Write
		if c.DryRun {
			do = t.start.Try
		}
		r, err := do(document.Chain)
		if err != nil {
			return fmt.Errorf("setup: %w", err)
		}
		return c.report(s, document, r)
	})
}

func (c *setupCommand) report(s streams, document *setup.Document, r setup.Result) error {
	for _, p := range r.Problems {
		fmt.Fprintf(s.out, "%s:%d: %s: %s\n", c.File, document.Line(p.Field), p.Field, problemText(p))
	}
	if len(r.Problems) > 0 {
		return errcode.New(errcode.Invalid, "setup", fmt.Errorf("%d problems, nothing was written", len(r.Problems)))
	}
	for _, change := range r.Changes {
		sign := "~"
		if change.New {
			sign = "+"
		}
		fmt.Fprintf(s.out, "%s %s %s\n", sign, change.Table, change.Key)
	}
	wrote := "written"
	if c.DryRun {
		wrote = "to be written"
	}
	fmt.Fprintf(s.out, "%d %s, %d as they were\n", len(r.Changes), wrote, r.Same)
	return nil
}

// problemText says what is wrong with a field, as the command line speaks.
func problemText(p chain.Problem) string {
	switch p.Code {
	case chain.Empty:
		return "is missing"
	case chain.Long:
		return "is too long"
	case chain.Twice:
		return fmt.Sprintf("%q is there already", p.Value)
	case chain.Unknown:
		return fmt.Sprintf("%q is not known", p.Value)
	case chain.Circle:
		return "is below itself"
	case chain.Range:
		return fmt.Sprintf("%s is too small or too large", p.Value)
	}
	return fmt.Sprintf("%q can't be that", p.Value)
}

func (c *setupCommand) print(s streams) error {
	return c.decide(func(t *truth) error {
		var document chain.Chain
		err := t.feed.View(func(q refdata.Querier) (err error) {
			document, err = setup.Read(q)
			return err
		})
		if err != nil {
			return err
		}
		text, err := setup.Format(document)
		if err == nil {
			_, err = s.out.Write(text)
		}
		return err
	})
}
