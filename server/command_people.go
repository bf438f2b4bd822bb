package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"tillsight/server/user"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/syncproto"
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
	Add    userAddCommand    `cmd:"" help:"Add a person. The password, of at least 8 characters, is asked for or read from the first line of input; --generate makes one up."`
	Passwd userPasswdCommand `cmd:"" help:"Give a person another password and end the log-ins."`
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
	return p.users.Add(syncproto.User{Login: c.Login, Name: c.Name, Role: c.Role, All: c.All, Stores: c.Store, Lang: c.Lang, Personal: c.Personal}, secret)
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
	return p.users.SetPassword(c.Login, secret)
}
