// Command tillsight is the server: it takes what the tills of a chain sold,
// sends them what they sell, and shows managers what came of it.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // stores have time zones, also where the system knows none

	"github.com/alecthomas/kong"

	"tillsight/shared/errcode"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "tillsight:", err)
		os.Exit(1)
	}
}

// commands is the command line.
type commands struct {
	Serve   serveCommand     `cmd:"" help:"Run the server."`
	Setup   setupCommand     `cmd:"" help:"Set a chain up from a file, or write it to one. The server must be stopped."`
	Demo    demoCommand      `cmd:"" help:"Fill an empty data directory with a generated chain."`
	Enrol   enrolCommand     `cmd:"" help:"Print a one-time code that makes a tablet a till."`
	User    userCommand      `cmd:"" help:"People who may log in."`
	Rebuild rebuildCommand   `cmd:"" help:"Make the warehouse anew from the journal. The server must be stopped."`
	Verify  verifyCommand    `cmd:"" help:"Check the chains of all tills, the sums of all receipts and the warehouse."`
	Backup  backupCommand    `cmd:"" help:"Write a consistent copy into one file. The server may run."`
	Restore restoreCommand   `cmd:"" help:"Fill an empty data directory from a backup."`
	Version kong.VersionFlag `help:"Print the version and leave."`

	Facts  factsCommand  `cmd:"" help:"What is kept and not counted: forks and quarantine."`
	Import importCommand `cmd:"" help:"Take the facts of a journal that a till exported."`
}

// streams is what commands read and write besides their files.
type streams struct {
	in  io.Reader // of passwords
	out io.Writer // what was asked for
	err io.Writer // the log and progress
}

// dataDir is what every command works on.
type dataDir struct {
	Data string `help:"Data directory; ${default} unless given here or by TILLSIGHT_DATA." default:"${data}" type:"path" placeholder:"DIR"`
	clock
}

// run executes one command line and returns when it is done or ctx ends.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) (err error) {
	type exited int
	defer func() {
		// kong leaves through Exit after it printed help.
		switch p := recover().(type) {
		case nil:
		case exited:
			if p != 0 {
				err = fmt.Errorf("exit %d", int(p))
			}
		default:
			panic(p)
		}
	}()
	ownerOnly()
	var line commands
	parser, err := kong.New(&line,
		kong.Name("tillsight"),
		kong.Description("A register that never stops selling, and what its receipts tell."),
		kong.Vars{
			"data":          cmp.Or(getenv("TILLSIGHT_DATA"), "data"),
			"metrics_token": getenv("TILLSIGHT_METRICS_TOKEN"),
			"version":       version(),
			"clock_ahead":   cmp.Or(getenv(clockAhead), "0s"),
		},
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exited(code)) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{stdin, stdout, stderr}),
	)
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return err
	}
	err = command.Run()
	if errcode.Of(err) == errcode.Cancelled || errors.Is(err, context.Canceled) {
		return fmt.Errorf("stopped before the end: %w", err)
	}
	return err
}

// version is what this program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "tillsight, of unknown origin"
	}
	setting := func(key string) string {
		for _, s := range info.Settings {
			if s.Key == key {
				return s.Value
			}
		}
		return ""
	}
	text := "tillsight " + info.Main.Version
	if revision := setting("vcs.revision"); revision != "" {
		text += ", commit " + revision[:min(len(revision), 12)] + " of " + setting("vcs.time")
	}
	return text + ", " + info.GoVersion
}
