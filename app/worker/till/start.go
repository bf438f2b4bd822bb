package till

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"tillsight/app/bridge"
	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/localdb"
	"tillsight/app/worker/syncclient"
	"tillsight/app/worker/till/lookup"
	"tillsight/app/worker/till/open"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/sync"
)

// Open takes the register and opens its storage. It does not fail: the state
// says what came of it.
func (s *Session) Open(ctx context.Context) {
	if err := s.opt.Election.OnAsked(s.letGo); err != nil {
		s.refuse(err)
		return
	}
	s.acquire(ctx, func() (bool, error) { return s.opt.Election.Acquire(ctx, startPatience) })
}

// TakeOver takes the register from another tab.
func (s *Session) TakeOver(ctx context.Context, _ struct{}) (bridge.State, error) {
	s.mu.Lock()
	elsewhere := s.phase == bridge.PhaseElsewhere
	s.mu.Unlock()
	if elsewhere {
		s.acquire(ctx, func() (bool, error) {
			if err := s.opt.Election.AskOthers(); err != nil {
				return false, err
			}
			return s.opt.Election.Acquire(ctx, takeOverPatience)
		})
	}
	return s.State(ctx, struct{}{})
}

func (s *Session) acquire(ctx context.Context, elect func() (bool, error)) {
	won, err := elect()
	if err != nil {
		s.refuse(err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !won {
		s.phase, s.fault = bridge.PhaseElsewhere, errcode.New(errcode.OtherTab, "till.Open", nil)
		return
	}
	s.openFiles(ctx)
}

// letGo gives the register to another tab that asked for it.
func (s *Session) letGo() {
	s.mu.Lock()
	s.closeFiles()
	s.cashier = nil
	s.phase, s.fault = bridge.PhaseElsewhere, errcode.New(errcode.OtherTab, "till.letGo", nil)
	s.mu.Unlock()
	s.opt.Election.Release()
	s.tell()
}

func (s *Session) refuse(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuseLocked(err)
}

func (s *Session) refuseLocked(err error) {
	s.log("open", err)
	s.closeFiles()
	s.phase, s.fault = bridge.PhaseRefused, errcode.As(err)
	switch s.fault.Code {
	case errcode.OtherTab:
		s.phase = bridge.PhaseElsewhere
	case errcode.Internal:
		s.fault = errcode.New(errcode.StorageFault, "till.Open", err)
	}
}

// openFiles opens everything in the register's directory.
func (s *Session) openFiles(ctx context.Context) {
	s.fault, s.notices = nil, nil
	dir, err := s.opt.Dir()
	if err != nil {
		s.refuseLocked(err)
		return
	}
	s.dir = dir
	if s.storage, err = s.opt.Storage(); err != nil {
		s.refuseLocked(err)
		return
	}
	switch identity, err := readIdentity(dir); errcode.Of(err) {
	case "":
		s.identity = identity
	case errcode.NotFound:
		s.phase = bridge.PhaseNew
		return
	case errcode.Invalid: // damaged: a new code gives a new identity
		s.phase, s.fault = bridge.PhaseNew, errcode.As(err)
		return
	default:
		s.refuseLocked(err)
		return
	}
	if err := s.openTill(); err != nil {
		s.refuseLocked(err)
		return
	}
	s.dial()
}

// openTill opens the files of an enrolled register.
func (s *Session) openTill() error {
	j, report, err := journal.Open(s.dir, s.owner())
	if errcode.Of(err) == errcode.JournalDamaged {
		// Its numbers may have been used: only a new identity is safe.
		s.phase, s.fault = bridge.PhaseNew, errcode.As(err)
		return nil
	}
	if err != nil {
		return err
	}
	s.journal = j
	s.notices = append(s.notices, report.Notices()...)
	db, notices, err := localdb.Open(s.dir, s.owner(), j)
	s.notices = append(s.notices, notices...)
	if err != nil {
		return err
	}
	s.db = db
	if err := s.shut(); err != nil {
		return err
	}
	draft, err := journal.OpenDraft(s.dir)
	if err != nil && draft == nil {
		return err
	} else if err != nil {
		s.notices = append(s.notices, errcode.As(err))
	}
	s.current = open.On(draft, s.withReserve)
	if err := s.recall(report); err != nil {
		return err
	}
	s.client = s.newClient()
	if err := s.sayRecalled(); err != nil {
		return err
	}
	return s.openReference()
}

// openReference opens the catalogue; without one the register is still loading.
func (s *Session) openReference() error {
	ref, err := localdb.OpenReference(s.dir)
	switch errcode.Of(err) {
	case "":
		s.ref = ref
		s.newIndex()
		if err := refdata.Migrate(ref); err != nil {
			s.log("migrate reference data", err)
			s.phase = bridge.PhaseLoading
			return s.closeReference()
		}
	case errcode.NotFound, errcode.DBDamaged:
		s.phase = bridge.PhaseLoading
		return nil
	default:
		return err
	}
	if err := s.renew(); err != nil {
		s.log("read reference data", err)
		s.phase = bridge.PhaseLoading
		return s.closeReference()
	}
	s.phase, s.fault = bridge.PhaseSignedOut, nil
	return nil
}

// recall restores shift, receipt counter and open receipt.
func (s *Session) recall(report journal.Report) error {
	var err error
	if s.shift, _, err = s.db.Shift(); err != nil {
		return err
	}
	if s.current.Counter, err = s.db.Counter(); err != nil {
		return err
	}
	// Facts that can't be read may have been receipts: their numbers are skipped.
	for _, d := range report.Damages {
		if d.Last >= d.First {
			s.current.Counter += d.Last - d.First + 1
		}
	}
	if e := s.identity; e.Counter > 0 || e.Epoch > 1 {
		s.current.Counter = max(s.current.Counter, e.Counter+numberGap)
	}
	s.rules = ruling{}
	s.lot = lot{}
	if err := s.readLot(); err != nil {
		return err
	}
	return s.recallOpen()
}

// numberGap is skipped in the receipt numbers of a register that was enrolled
// anew: the wiped one may have printed numbers that the server never heard of.
const numberGap = 1000

func (s *Session) closeFiles() {
	if s.hangUp != nil {
		s.hangUp()
		s.hangUp = nil
	}
	var errs []error
	if s.db != nil {
		errs = append(errs, s.settle(), s.db.Close())
	}
	errs = append(errs, s.current.Close())
	errs = append(errs, s.closeReference())
	if s.journal != nil {
		errs = append(errs, s.journal.Close())
	}
	if err := errors.Join(errs...); err != nil {
		s.log("close files", err)
	}
	s.db, s.journal, s.client, s.unapplied = nil, nil, nil, nil
	s.current = open.Receipt{}
	s.shelf = lookup.Shelf{}
}

// Identity is stored as its JSON behind a checksum.
const identityFile = "identity"

func readIdentity(dir opfs.Dir) (e wire.Enrolment, err error) {
	f, err := dir.Open(identityFile, false)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Size()
	if err != nil {
		return e, err
	}
	b := make([]byte, size)
	if n, err := f.ReadAt(b, 0); err != nil && (err != io.EOF || n < len(b)) {
		return e, fmt.Errorf("read identity: %w", err)
	}
	var sum uint32
	if n, err := fmt.Sscanf(string(b[:min(9, len(b))]), "%08x\n", &sum); n != 1 || err != nil || crc32.ChecksumIEEE(b[9:]) != sum {
		return e, errcode.New(errcode.Invalid, "till.identity", fmt.Errorf("checksum of %d bytes", len(b)))
	}
	if err := json.Unmarshal(b[9:], &e); err != nil {
		return e, errcode.New(errcode.Invalid, "till.identity", err)
	}
	return e, nil
}

func writeIdentity(dir opfs.Dir, e wire.Enrolment) (err error) {
	text, err := json.Marshal(e)
	if err != nil {
		return errcode.New(errcode.Internal, "till.identity", err)
	}
	f, err := dir.Open(identityFile, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := append(fmt.Appendf(nil, "%08x\n", crc32.ChecksumIEEE(text)), text...)
	if err := f.Truncate(int64(len(b))); err != nil {
		return err
	}
	if _, err := f.WriteAt(b, 0); err != nil {
		return err
	}
	return f.Flush()
}

// newClient makes the conversation with the server for the open journal.
func (s *Session) newClient() *syncclient.Client {
	return syncclient.New(syncclient.Options{
		Network: s.opt.Network,
		Base:    s.opt.Base,
		Device:  s.identity.Device,
		Token:   s.identity.Token,
		Outbox:  outbox{s.journal, s.identity.Epoch},
		Feed:    feed{s},
		Now:     s.opt.Now,
		Random:  s.opt.Random,
		Parked:  s.heardParked,
		Changed: s.announce,
		Log:     s.opt.Log,
	})
}
