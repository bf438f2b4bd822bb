// Command bench measures the whole product as its users meet it: the built
// server, a real Chromium on a real profile, 100 000 articles. It prints a
// table and writes the rows as JSON, so that figures can be followed over time.
//
//	make bench
//	go run ./app/story/bench -only 'scan|start'
//
// Where there is a floor it is what the machine gives at the same work with
// nothing of ours in between, measured in the same run: compare with it before
// comparing with another day. Goals are those of the design.
package main
