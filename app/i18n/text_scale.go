package i18n

// The scale at the register.
var (
	Scale        = Say("Scale", "Весы")
	ScaleOff     = Say("None", "Нет")
	ScaleReady   = Say("On the scale: {weight} kg", "На весах: {weight} кг")
	ScaleMoving  = Say("On the scale: {weight} kg, moving…", "На весах: {weight} кг, не успокоились…")
	ScaleEmpty   = Say("Put the goods on the scale", "Положите товар на весы")
	ScaleOver    = Say("Too heavy for the scale: type the weight", "Слишком тяжело для весов: введите вес")
	ScaleSame    = Say("This weight is sold already: take the goods off", "Этот вес уже продан: снимите товар с весов")
	ScaleNone    = Say("This browser can’t talk to scales", "Этот браузер не умеет работать с весами")
	ScaleWaiting = Say("Waiting for the scale…", "Ждём весы…")
)
