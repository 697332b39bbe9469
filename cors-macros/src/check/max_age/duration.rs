//! Durations as Go reads them: `time.ParseDuration`, with its rounding and its limits.

#[cfg(test)]
mod tests;

/// Two to the power of 63: a duration is a signed number of nanoseconds in 64 bits.
const LIMIT: u64 = 1 << 63;

/// A duration as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Duration {
    pub(super) negative: bool,
    pub(super) nanoseconds: u64,
    /// One whole number and one unit, as KrakenD's schema has it.
    pub(super) plain: bool,
}

/// Why Go does not read a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// A number is missing where one must be.
    Number,
    /// A number has no unit, or one that Go does not know.
    Unit,
    /// It is longer than 63 bits can count.
    TooLong,
}

impl Duration {
    /// Reads a sign and terms of a number and a unit, such as `-1h30.5m`.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        let (negative, unsigned) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        if unsigned.is_empty() {
            return Err(Unreadable::Number);
        }
        let mut duration = Self {
            negative,
            nanoseconds: 0,
            plain: unsigned.len() == text.len(),
        };
        // The one number that needs no unit.
        if unsigned == "0" {
            return Ok(duration);
        }
        let (first, mut rest) = Term::read(unsigned)?;
        duration.nanoseconds = first.nanoseconds;
        duration.plain &= first.whole && rest.is_empty();
        while !rest.is_empty() {
            let term;
            (term, rest) = Term::read(rest)?;
            // Go does not notice either that two terms of the limit come to nothing.
            duration.nanoseconds = duration.nanoseconds.wrapping_add(term.nanoseconds);
            if duration.nanoseconds > LIMIT {
                return Err(Unreadable::TooLong);
            }
        }
        if !negative && duration.nanoseconds == LIMIT {
            Err(Unreadable::TooLong)
        } else {
            Ok(duration)
        }
    }

    /// What is sent: KrakenD cuts off fractions of a second.
    pub(super) fn seconds(self) -> u64 {
        self.nanoseconds / 1_000_000_000
    }

    pub(super) fn is_whole_seconds(self) -> bool {
        self.nanoseconds.is_multiple_of(1_000_000_000)
    }
}

/// A number and a unit.
struct Term {
    nanoseconds: u64,
    /// Whether the number has no decimal point.
    whole: bool,
}

impl Term {
    /// Reads the first term of a text, and hands back what follows it.
    fn read(text: &str) -> Result<(Self, &str), Unreadable> {
        let (integer, after) = digits(text);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => {
                let (fraction, after) = digits(after);
                (Some(fraction), after)
            }
            None => (None, after),
        };
        if integer.is_empty() && fraction.is_none_or(str::is_empty) {
            return Err(Unreadable::Number);
        }
        let whole = whole_number(integer).ok_or(Unreadable::TooLong)?;
        let end = after.find(|c: char| c == '.' || c.is_ascii_digit());
        let (unit, rest) = after.split_at(end.unwrap_or(after.len()));
        let unit = nanoseconds_of(unit).ok_or(Unreadable::Unit)?;
        if whole > LIMIT / unit {
            return Err(Unreadable::TooLong);
        }
        let nanoseconds = whole * unit + fraction.map_or(0, |digits| part_of(unit, digits));
        if nanoseconds > LIMIT {
            return Err(Unreadable::TooLong);
        }
        let whole = fraction.is_none();
        Ok((Self { nanoseconds, whole }, rest))
    }
}

/// The digits that a text begins with, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

fn whole_number(digits: &str) -> Option<u64> {
    let number = match digits {
        "" => 0,
        _ => digits.parse().ok()?,
    };
    (number <= LIMIT).then_some(number)
}

/// What digits behind the point come to, in Go's floating-point arithmetic.
fn part_of(unit: u64, digits: &str) -> u64 {
    let (mut number, mut scale) = (0_u64, 1.0_f64);
    for digit in digits.bytes().map(|digit| u64::from(digit - b'0')) {
        // Digits that no longer fit are left out.
        if number > (LIMIT - 1) / 10 || number * 10 + digit > LIMIT {
            break;
        }
        number = number * 10 + digit;
        scale *= 10.0;
    }
    (number as f64 * (unit as f64 / scale)) as u64
}

fn nanoseconds_of(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        // The second has the micro sign, the third the Greek letter.
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60 * 1_000_000_000,
        "h" => 60 * 60 * 1_000_000_000,
        _ => return None,
    })
}
