package main

import "testing"

func BenchmarkQueries(b *testing.B) {
	sales, _, err := makeSales(2_000_000, nil)
	if err != nil {
		b.Fatal(err)
	}
	c, err := cubeOf(sales)
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range queries {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := q.run(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
