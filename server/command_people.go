package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tillsight/server/user"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// enrolCommand prints an enrolment code.
type enrolCommand struct {
	dataDir
	Store string `required:"" help:"Store that the till stands in."`
	Till  int    `required:"" help:"Number of the till."`
}

// Run implements the command.
func (c *enrolCommand) Run(s streams) (err error) {
	if err := c.need(); err != nil {
		return err
	}
	if err := c.known(); err != nil {
		return err
	}
	p, err := c.openPeople()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	code, err := p.devices.NewCode(c.Store, c.Till)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, readable(code.Code))
	fmt.Fprintf(s.err, "store %s, till %d, to be used once before %s\n", code.Store, code.Till,
		time.UnixMilli(code.Expires).Format(time.TimeOnly))
	return nil
}

// readable breaks a code in two, as people read it out.
func readable(code string) string { return code[:len(code)/2] + "-" + code[len(code)/2:] }

// known fails when the chain has no such till.
func (c *enrolCommand) known() (err error) {
	db, err := sqlite.Open(c.path(referenceFile), sqlite.Options{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("open %s: %w", referenceFile, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tills, err := refdata.AllTills(db)
	if err != nil {
		return err
	}
	for _, till := range tills {
		if till.Store == c.Store && till.Number == c.Till {
			return nil
		}
	}
	return errcode.New(errcode.NotFound, "enrol", fmt.Errorf("store %q has no till %d", c.Store, c.Till))
}

// userCommand looks after the people who log in.
type userCommand struct {
	Add     userAddCommand     `cmd:"" help:"Add a person. The password, of at least 8 characters, is asked for or read from the first line of input; --generate makes one up."`
	Passwd  userPasswdCommand  `cmd:"" help:"Give a person another password and end the log-ins."`
	List    userListCommand    `cmd:"" help:"List the people."`
	Change  userChangeCommand  `cmd:"" help:"Give a person other rights and end the log-ins."`
	Disable userDisableCommand `cmd:"" help:"Keep a person out, at once; with --undo let them in again."`
}

type password struct {
	Generate bool `help:"Make a password up and print it."`
}

// choose reads or makes the password.
func (p password) choose(s streams) (string, error) {
	if p.Generate {
		made := rand.Text()[:16]
		fmt.Fprintln(s.out, made)
		return made, nil
	}
	fmt.Fprint(s.err, "password (at least 8 characters): ")
	show, err := hideTyping(s.in)
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	line, err := bufio.NewReader(s.in).ReadString('\n')
	show()
	if err != nil && line == "" {
		return "", fmt.Errorf("read password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type userAddCommand struct {
	dataDir
	password
	Login string   `required:"" help:"Log-in name."`
	Name  string   `help:"Name of the person."`
	Role  string   `enum:"admin,manager" default:"manager" help:"admin or manager."`
	Store []string `help:"Store that a manager may see; several times for several."`
	All   bool     `help:"A manager may see the whole chain, including stores to come."`
	Lang  string   `enum:"ru,en" default:"ru" help:"ru or en."`

	Personal bool `help:"A manager may see who customers are: names, telephones, addresses."`
}

// Run implements the command.
func (c *userAddCommand) Run(s streams) (err error) {
	if c.Role == user.Manager && c.All == (len(c.Store) > 0) {
		return errcode.New(errcode.Invalid, "user add", errors.New("say which stores a manager sees by --store, or --all"))
	}
	release, err := c.prepare()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	p, err := c.openPeople()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	secret, err := c.choose(s)
	if err != nil {
		return err
	}
	if c.Role == user.Admin {
		c.Store, c.All = nil, true
	}
	if c.Name == "" {
		c.Name = c.Login
	}
	err = p.users.Add(wire.User{Login: c.Login, Name: c.Name, Role: c.Role, All: c.All, Stores: c.Store, Lang: c.Lang, Personal: c.Personal}, secret)
	return errors.Join(err, p.note(err, "person.add", c.Login))
}

// prepare makes the directory when the first user is added before the first start.
func (c *userAddCommand) prepare() (release func() error, err error) {
	found, err := c.exists()
	if err != nil || found {
		return func() error { return nil }, err
	}
	release, err = c.lock()
	if err != nil {
		return nil, err
	}
	t, err := c.openTruth()
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return release, t.close()
}

type userPasswdCommand struct {
	dataDir
	password
	Login string `required:"" help:"Log-in name."`
}

// Run implements the command.
func (c *userPasswdCommand) Run(s streams) (err error) {
	if err := c.need(); err != nil {
		return err
	}
	p, err := c.openPeople()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	secret, err := c.choose(s)
	if err != nil {
		return err
	}
	err = p.users.SetPassword(c.Login, secret)
	return errors.Join(err, p.note(err, "person.password", c.Login))
}

// note writes down what was done on the command line, if it was.
func (p *people) note(failed error, what, login string) error {
	if failed != nil {
		return nil
	}
	return p.users.Note(wire.Act{What: what, Object: strings.ToLower(login)})
}

// withPeople does something with the people of a data directory.
func (d dataDir) withPeople(do func(*people) error) (err error) {
	if err := d.need(); err != nil {
		return err
	}
	p, err := d.openPeople()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	return do(p)
}

type userListCommand struct{ dataDir }

// Run implements the command.
func (c *userListCommand) Run(s streams) error {
	return c.withPeople(func(p *people) error {
		list, err := p.users.List()
		for _, one := range list {
			stores := "all stores"
			if !one.All {
				stores = "stores " + strings.Join(one.Stores, ", ")
			}
			if one.Personal {
				stores += ", customers' names"
			}
			if one.Disabled != 0 {
				stores += ", disabled since " + time.UnixMilli(one.Disabled).Format(time.DateOnly)
			}
			fmt.Fprintf(s.out, "%-20s %-8s %s (%s)\n", one.Login, one.Role, stores, one.Name)
		}
		return err
	})
}

type userChangeCommand struct {
	dataDir
	Login    string   `required:"" help:"Log-in name."`
	Name     *string  `help:"Name of the person."`
	Role     *string  `help:"admin or manager."`
	Store    []string `help:"Store that a manager may see from now on; several times for several."`
	All      bool     `help:"A manager may see the whole chain, including stores to come."`
	Personal *bool    `negatable:"" help:"A manager may see who customers are."`
}

// Run implements the command.
func (c *userChangeCommand) Run(streams) error {
	return c.withPeople(func(p *people) error {
		list, err := p.users.List()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(one wire.Person) bool { return one.Login == strings.ToLower(c.Login) })
		if i < 0 {
			return errcode.New(errcode.NotFound, "user change", fmt.Errorf("nobody is %q", c.Login))
		}
		u := list[i].User
		if c.Name != nil {
			u.Name = *c.Name
		}
		if c.Role != nil {
			u.Role = *c.Role
		}
		if c.All || len(c.Store) > 0 {
			u.All, u.Stores = c.All, c.Store
		}
		if c.Personal != nil {
			u.Personal = *c.Personal
		}
		err = p.users.Change(u)
		return errors.Join(err, p.note(err, "person.change", c.Login))
	})
}

type userDisableCommand struct {
	dataDir
	Login string `required:"" help:"Log-in name."`
	Undo  bool   `help:"Let them in again."`
}

// Run implements the command.
func (c *userDisableCommand) Run(streams) error {
	return c.withPeople(func(p *people) error {
		what := "person.disable"
		if c.Undo {
			what = "person.enable"
		}
		err := p.users.Disable(c.Login, !c.Undo)
		return errors.Join(err, p.note(err, what, c.Login))
	})
}
