package office

// Paths.
const (
	PathManifest        = "/v1/segments"
	PathSession         = "/v1/session"
	PathDevices         = "/v1/devices"
	PathCodes           = "/v1/codes"
	PathRevoke          = "/v1/revoke"
	PathTills           = "/v1/tills"
	PathPrices          = "/v1/prices"
	PathProducts        = "/v1/products"
	PathPromotions      = "/v1/promotions"
	PathPromotionStop   = "/v1/promotions/stop"
	PathPromotionSchema = "/v1/promotions/schema"
	PathSimulate        = "/v1/promotions/simulate"
	PathSaved           = "/v1/saved"
	PathAlarms          = "/v1/alarms"
)
