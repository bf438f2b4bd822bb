// Package interval says how sure a share or a mean is: 95 % confidence intervals.
package interval

import "math"

// z is the quantile of the normal distribution that leaves 2.5 % above.
const z = 1.959963984540054

// Share returns the interval of a share of k in n after Wilson (1927), from 0
// to 1; all of it when n is 0.
func Share(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	p, size := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	return max(0, middle-half), min(1, middle+half)
}

// Mean returns the mean of n values and half of its interval, from their sum
// and the sum of their squares; not ok for less than two.
func Mean(n int, sum, squares float64) (mean, half float64, ok bool) {
	if n < 2 {
		return 0, 0, false
	}
	size := float64(n)
	mean = sum / size
	variance := max(0, squares-sum*mean) / (size - 1)
	return mean, student(n-1) * math.Sqrt(variance/size), true
}

// students are the 97.5 % quantiles of Student's t by degrees of freedom, 1 first.
var students = []float64{
	12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
	2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
}

// student returns the quantile for so many degrees of freedom; above those of
// the table, the first terms of its expansion around z.
func student(freedom int) float64 {
	if freedom <= len(students) {
		return students[freedom-1]
	}
	return z + (z*z*z+z)/(4*float64(freedom))
}
