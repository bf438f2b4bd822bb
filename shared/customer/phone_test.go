package customer

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPhone(t *testing.T) {
	for typed, want := range map[string]string{
		"8 (926) 123-45-67": "+79261234567", "+79261234567": "+79261234567", "79261234567": "+79261234567", "9261234567": "+79261234567",
		"+7 926 123–45–67": "+79261234567", "8\u00a0926\u00a01234567": "+79261234567", " 8.926.123.45.67 ": "+79261234567",
		"+380 44 123-45-67": "+380441234567", "+1 (212) 555-0100": "+12125550100", "112": "112", "12-34-56": "123456",
		"8 (495) 123-45-67 доб. 12": "8 (495) 123-45-67 доб. 12", "нет": "нет", "": "", "+": "+", "7+926": "7+926",
	} {
		if got := Phone(typed); got != want {
			t.Errorf("Phone(%q) = %q, want %q", typed, got, want)
		}
	}
}

// TestPhoneOnce: the one spelling is its own.
func TestPhoneOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Phone(rapid.StringOf(rapid.SampledFrom([]rune("0123456789+ ()-x"))).Draw(t, "typed"))
		if again := Phone(once); again != once {
			t.Fatalf("%q becomes %q", once, again)
		}
	})
}
