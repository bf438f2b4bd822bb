package main

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"tillsight/server/demo"
	"tillsight/server/user"
	"tillsight/shared/staff"
	wire "tillsight/shared/wire/office"
)

// demoLogins are the passwords of a demo chain.
type demoLogins struct {
	AdminPassword   string `help:"Password of the demo chain's administrator; made up when empty."`
	ManagerPassword string `help:"Password of the demo chain's managers; made up when empty."`
}

// loginsFile keeps a demo chain's log-ins in clear, to be printed at each start.
const loginsFile = "demo-logins.json"

// demoLogin is one way into a demo chain.
type demoLogin struct {
	What     string `json:"what"`
	Login    string `json:"login,omitempty"`
	Password string `json:"password,omitempty"`
	PIN      string `json:"pin,omitempty"`
	Store    string `json:"store,omitempty"`
}

// make adds an administrator, a manager of everything and one of the second
// store, and writes down how to get in.
func (l demoLogins) make(data dataDir, users *user.Registry, opt demo.Options) error {
	people := []struct {
		wire.User
		password string
	}{
		{wire.User{Login: "admin", Name: "Администратор", Role: user.Admin, Lang: "ru"}, l.AdminPassword},
		{wire.User{Login: "manager", Name: "Управляющий", Role: user.Manager, All: true, Lang: "ru", Personal: true}, l.ManagerPassword},
		{wire.User{Login: "manager2", Name: "Директор магазина 2", Role: user.Manager, Stores: []string{"2"}, Lang: "ru"}, l.ManagerPassword},
	}
	var logins []demoLogin
	for _, p := range people {
		if p.Stores != nil && opt.Stores < 2 {
			continue
		}
		password := cmp.Or(p.password, strings.ToLower(rand.Text()[:10]))
		if err := users.Add(p.User, password); err != nil {
			return err
		}
		logins = append(logins, demoLogin{What: p.Role, Login: p.Login, Password: password, Store: strings.Join(p.Stores, ", ")})
	}
	pins, err := demo.PINs(opt)
	if err != nil {
		return err
	}
	for _, role := range []staff.Role{staff.Cashier, staff.Senior, staff.Manager} {
		for _, pin := range pins {
			if pin.Role == string(role) && (pin.Store == "1" || pin.Store == "") {
				logins = append(logins, demoLogin{What: pin.Role + " " + pin.Name, PIN: pin.PIN, Store: pin.Store})
				break
			}
		}
	}
	raw, err := json.MarshalIndent(logins, "", "  ")
	if err != nil {
		return fmt.Errorf("write log-ins: %w", err)
	}
	if err := os.WriteFile(data.path(loginsFile), raw, 0o600); err != nil {
		return fmt.Errorf("write log-ins: %w", err)
	}
	return nil
}

// printLogins prints how to get into a demo chain; other data has nothing to print.
func printLogins(to io.Writer, data dataDir) error {
	raw, err := os.ReadFile(data.path(loginsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read log-ins: %w", err)
	}
	var logins []demoLogin
	if err := json.Unmarshal(raw, &logins); err != nil {
		return fmt.Errorf("read log-ins: %w", err)
	}
	for _, l := range logins {
		where := ""
		if l.Store != "" {
			where = "  (store " + l.Store + ")"
		}
		if l.PIN != "" {
			fmt.Fprintf(to, "  till     %-32s PIN %s%s\n", l.What, l.PIN, where)
		} else {
			fmt.Fprintf(to, "  log-in   %-10s %s%s\n", l.Login, l.Password, where)
		}
	}
	return nil
}
