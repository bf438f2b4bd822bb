package till

import "tillsight/app/bridge"

// Serve answers the page's requests with s. What a person types or scans is
// done in order; what waits for the network goes beside it.
func Serve(server *bridge.Server, s *Session) {
	bridge.Handle(server, bridge.TillState, s.State)
	bridge.HandleParallel(server, bridge.TillEnrol, s.Enrol)
	bridge.HandleParallel(server, bridge.TillTakeOver, s.TakeOver)
	bridge.Handle(server, bridge.TillSignIn, s.SignIn)
	bridge.Handle(server, bridge.TillLock, s.Lock)
	bridge.Handle(server, bridge.TillOpenShift, s.OpenShift)
	bridge.Handle(server, bridge.TillCloseShift, s.CloseShift)
	bridge.Handle(server, bridge.TillXReport, s.XReport)
	bridge.Handle(server, bridge.TillMoveCash, s.MoveCash)
	bridge.Handle(server, bridge.TillScan, s.Scan)
	bridge.Handle(server, bridge.TillAdd, s.Add)
	bridge.Handle(server, bridge.TillSetQuantity, s.SetQuantity)
	bridge.Handle(server, bridge.TillVoidLine, s.VoidLine)
	bridge.Handle(server, bridge.TillRestoreLine, s.RestoreLine)
	bridge.Handle(server, bridge.TillDiscount, s.Discount)
	bridge.Handle(server, bridge.TillCancelReceipt, s.CancelReceipt)
	bridge.Handle(server, bridge.TillConfirmAge, s.ConfirmAge)
	bridge.Handle(server, bridge.TillRefuse, s.Refuse)
	bridge.Handle(server, bridge.TillMayPay, s.MayPay)
	bridge.Handle(server, bridge.TillRemoveCard, s.RemoveCard)
	bridge.Handle(server, bridge.TillRemoveCoupon, s.RemoveCoupon)
	bridge.Handle(server, bridge.TillExplain, s.Explain)
	bridge.Handle(server, bridge.TillPay, s.Pay)
	bridge.Handle(server, bridge.TillPark, s.Park)
	bridge.Handle(server, bridge.TillParked, s.Parked)
	bridge.Handle(server, bridge.TillRecall, s.Recall)
	bridge.Handle(server, bridge.TillRecallSlip, s.RecallSlip)
	bridge.Handle(server, bridge.TillSlip, s.Slip)
	bridge.Handle(server, bridge.TillReadCode, s.ReadCode)
	bridge.Handle(server, bridge.TillSearch, s.Search)
	bridge.Handle(server, bridge.TillPriceCheck, s.PriceCheck)
	bridge.Handle(server, bridge.TillQuickKeys, s.QuickKeys)
	bridge.Handle(server, bridge.TillReceipts, s.Receipts)
	bridge.Handle(server, bridge.TillReceipt, s.Receipt)
	bridge.Handle(server, bridge.TillExport, s.Export)
	bridge.HandleParallel(server, bridge.TillSyncNow, s.SyncNow)
}
