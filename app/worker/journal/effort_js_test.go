package journal

// effort is how much a test tries: the browser shows that things work there at
// all, the native run tries everything.
const effort = 1
