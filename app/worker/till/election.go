package till

// Names that all tabs of a device know the register by.
const (
	lockName    = "tillsight-till"
	channelName = "tillsight-till"
	letGo       = "let-go" // message: give the register to me
)
