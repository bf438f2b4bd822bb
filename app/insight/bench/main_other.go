//go:build !js

package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
)

// main measures natively, or with -facts writes the recipe's facts to a file,
// column after column, as the engines that are measured beside ours load them.
func main() {
	lines := flag.Int("lines", 2_000_000, "receipt lines")
	facts := flag.String("facts", "", "write the facts to this file instead of measuring")
	flag.Parse()
	var err error
	if *facts != "" {
		err = writeFacts(*facts, *lines)
	} else {
		err = printReport(*lines)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func printReport(lines int) error {
	report, err := measure(lines, 3)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}

// writeFacts writes little-endian 32-bit numbers.
func writeFacts(name string, lines int) (err error) {
	var columns [len(fact{})][]int32
	if _, _, err := makeSales(lines, func(f fact) {
		for i, v := range f {
			columns[i] = append(columns[i], v)
		}
	}); err != nil {
		return err
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriterSize(file, 1<<20)
	for _, column := range columns {
		if err := binary.Write(w, binary.LittleEndian, column); err != nil {
			return err
		}
	}
	return w.Flush()
}
