// Command storebench measures the till's storage inside the browser, in a
// dedicated Worker and beside plain JavaScript doing the same writes. It prints
// one JSON row a line: name, unit, ours, floor, n.
//
//	go run ./app/worker/storebench -out build/bench/reference.db   # 100 000 articles, made natively
//	go build -o build/workertest ./app/worker/workertest
//	GOOS=js GOARCH=wasm go build -trimpath -ldflags="-s -w" -o build/bench/storebench.wasm ./app/worker/storebench
//	WORKERTEST_FILES=build/bench build/workertest build/bench/storebench.wasm
package main

import "fmt"

// articles is the size of the measured catalogue.
const articles = 100_000

// gtinOf returns the barcode of article i: 14 digits, valid check digit.
func gtinOf(i int) string {
	body := fmt.Sprintf("0460%09d", (i*7919+104729)%1_000_000_000)
	sum := 0
	for k, c := range body {
		weight := 3
		if k%2 == 1 {
			weight = 1
		}
		sum += int(c-'0') * weight
	}
	return fmt.Sprintf("%s%d", body, (10-sum%10)%10)
}
