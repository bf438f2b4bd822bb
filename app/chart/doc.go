// Package chart turns figures into drawings: ECharts options, built with
// go-echarts and given over as JSON, with the few functions that JSON can't
// hold beside them. It knows neither stores nor money; labels come in ready.
//
// A Canvas keeps one ECharts instance for as long as it is on the page and only
// hands it new options.
package chart
