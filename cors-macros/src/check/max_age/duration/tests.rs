//! Go's own limits, and a second implementation that has neither `f64` nor `u64` in it.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{Duration, LIMIT, Unreadable};

fn nanoseconds(text: &str) -> Result<i128, Unreadable> {
    Duration::parse(text).map(|read| {
        if read.negative {
            -i128::from(read.nanoseconds)
        } else {
            i128::from(read.nanoseconds)
        }
    })
}

const SECOND: i128 = 1_000_000_000;
const MINUTE: i128 = 60 * SECOND;
const HOUR: i128 = 60 * MINUTE;

#[test]
fn what_go_reads() {
    let cases = [
        ("0", 0),
        ("-0", 0),
        ("+0", 0),
        ("0s", 0),
        ("5s", 5 * SECOND),
        ("+5s", 5 * SECOND),
        ("-5s", -5 * SECOND),
        ("007s", 7 * SECOND),
        ("5.0s", 5 * SECOND),
        ("5.6s", 5 * SECOND + 600_000_000),
        (".5h", HOUR / 2),
        ("-.5s", -SECOND / 2),
        ("1.h", HOUR),
        ("10ns", 10),
        ("0.9ns", 0),
        ("11us", 11_000),
        ("12\u{b5}s", 12_000),
        ("12\u{3bc}s", 12_000),
        ("13ms", 13_000_000),
        ("14m", 14 * MINUTE),
        ("1h30m", HOUR + 30 * MINUTE),
        ("30m1h", HOUR + 30 * MINUTE),
        ("10.5s4m", 4 * MINUTE + 10 * SECOND + 500_000_000),
        ("1h1m1s1ms1us1ns", HOUR + MINUTE + SECOND + 1_001_001),
        ("0.333h", 1_198_800_000_000),
        ("0.1234h", 444_240_000_000),
        // More digits than fit: those that do not are left out.
        ("0.90000000000000000001h", 3_240_000_000_000),
        ("2.1234567891s", 2_123_456_789),
        ("0.3333333333333333333h", 20 * MINUTE),
        ("0.100000000000000000000h", 6 * MINUTE),
        ("0.9223372036854775807h", 3_320_413_933_267),
        ("9007199254.740993s", 9_007_199_254_740_993_000),
        ("9223372036854775807ns", i64::MAX.into()),
        ("9223372036854775.807us", i64::MAX.into()),
        ("9223372036s854ms775us807ns", i64::MAX.into()),
        ("2562047h47m16.854775807s", i64::MAX.into()),
        ("-9223372036854775807ns", -i128::from(i64::MAX)),
        ("-9223372036854775808ns", i64::MIN.into()),
        ("-9223372036854775.808us", i64::MIN.into()),
        ("-9223372036s854ms775us808ns", i64::MIN.into()),
        ("-2562047h47m16.854775808s", i64::MIN.into()),
        // It wraps round to nothing.
        ("9223372036854775808ns9223372036854775808ns", 0),
    ];
    for (text, expected) in cases {
        assert_eq!(nanoseconds(text), Ok(expected), "{text}");
        assert_eq!(second_reading(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_go_does_not_read() {
    let cases = [
        ("", Unreadable::Number),
        ("+", Unreadable::Number),
        ("-", Unreadable::Number),
        (".", Unreadable::Number),
        ("s", Unreadable::Number),
        (".s", Unreadable::Number),
        ("+.s", Unreadable::Number),
        ("--1s", Unreadable::Number),
        ("+-1s", Unreadable::Number),
        (" 1s", Unreadable::Number),
        ("\u{661}s", Unreadable::Number),
        ("1", Unreadable::Unit),
        ("00", Unreadable::Unit),
        ("1.5", Unreadable::Unit),
        ("1s2", Unreadable::Unit),
        ("1s ", Unreadable::Unit),
        ("1 s", Unreadable::Unit),
        ("1w", Unreadable::Unit),
        ("1d", Unreadable::Unit),
        ("1H", Unreadable::Unit),
        ("1e3s", Unreadable::Unit),
        ("1.2.3s", Unreadable::Unit),
        ("1h-30m", Unreadable::Unit),
        ("1é", Unreadable::Unit),
        ("9223372036854775808ns", Unreadable::TooLong),
        ("9223372036854775.808us", Unreadable::TooLong),
        ("9223372036854775809ns", Unreadable::TooLong),
        ("-9223372036854775809ns", Unreadable::TooLong),
        ("9223372036854776us", Unreadable::TooLong),
        ("3000000h", Unreadable::TooLong),
        ("2562048h", Unreadable::TooLong),
        ("2562047h48m", Unreadable::TooLong),
        ("99999999999999999999s", Unreadable::TooLong),
        ("-9223372036s854ms775us809ns", Unreadable::TooLong),
        ("9223372036854775808ns1ns", Unreadable::TooLong),
    ];
    for (text, expected) in cases {
        assert_eq!(nanoseconds(text), Err(expected), "{text}");
        assert_eq!(second_reading(text), Err(()), "{text}");
    }
}

#[test]
fn what_the_schema_knows() {
    for plain in ["10m", "0s", "0", "007h", "5\u{b5}s"] {
        assert_eq!(Duration::parse(plain).map(|read| read.plain), Ok(true));
    }
    for other in ["1h30m", "+1s", "-1s", "1.5h", "1.h", "+0"] {
        assert_eq!(Duration::parse(other).map(|read| read.plain), Ok(false));
    }
    let read = |text| Duration::parse(text).unwrap();
    assert_eq!(read("1999999999ns").seconds(), 1);
    assert!(!read("1999999999ns").is_whole_seconds());
    assert!(read("2000000000ns").is_whole_seconds());
}

/// Go's rules once more, over whole numbers that are wide enough.
fn second_reading(text: &str) -> Result<i128, ()> {
    let units: [(&str, u128); 8] = [
        ("ns", 1),
        ("us", 1_000),
        ("\u{b5}s", 1_000),
        ("\u{3bc}s", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
    ];
    let limit = u128::from(LIMIT);
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut chars = unsigned.chars().peekable();
    let mut sum: u128 = 0;
    while chars.peek().is_some() && unsigned != "0" {
        let mut taken = |wanted: &dyn Fn(char) -> bool| -> String {
            std::iter::from_fn(|| chars.next_if(|c| wanted(*c))).collect()
        };
        let number = taken(&|c| c.is_ascii_digit());
        let point = taken(&|c| c == '.');
        let fraction = match point.as_str() {
            "" => String::new(),
            "." => taken(&|c| c.is_ascii_digit()),
            _ => return Err(()),
        };
        let unit = taken(&|c| !c.is_ascii_digit() && c != '.');
        let unit = units.iter().find(|known| known.0 == unit).ok_or(())?.1;
        if number.is_empty() && fraction.is_empty() {
            return Err(());
        }
        let number = number.trim_start_matches('0');
        if number.len() > 30 {
            return Err(());
        }
        let number: u128 = format!("0{number}").parse().map_err(drop)?;
        if number > limit || number > limit / unit {
            return Err(());
        }
        let term = number * unit + float_part(&fraction, unit);
        if term > limit {
            return Err(());
        }
        sum = (sum + term) % (1 << 64);
        if sum > limit {
            return Err(());
        }
    }
    if unsigned.is_empty() {
        return Err(());
    }
    match text.starts_with('-') {
        true => Ok(-(sum as i128)),
        false if sum == limit => Err(()),
        false => Ok(sum as i128),
    }
}

/// `digits` as a part of `unit`, with each step rounded to 53 bits as an IEEE 754 double is.
fn float_part(digits: &str, unit: u128) -> u128 {
    let (mut number, mut scale): (u128, u128) = (0, 1);
    for digit in digits.chars() {
        let more = number * 10 + u128::from(digit.to_digit(10).unwrap());
        if number > u128::from((LIMIT - 1) / 10) || more > u128::from(LIMIT) {
            break;
        }
        (number, scale) = (more, scale * 10);
    }
    if number == 0 {
        return 0;
    }
    // Every power of ten that occurs is a double itself.
    let (number, by) = rounded(number, 1);
    let (quotient, down) = rounded(unit, scale);
    let (product, more) = rounded(number * quotient, 1);
    match by + down + more {
        up @ 0.. => product << up,
        down => product.checked_shr(down.unsigned_abs()).unwrap_or(0),
    }
}

/// A fraction to 53 bits, to the even one of two that are as near, and the power of two beside it.
fn rounded(numerator: u128, denominator: u128) -> (u128, i32) {
    let mut power = 0;
    let (mut above, mut below) = (numerator, denominator);
    while above / below < 1 << 52 {
        above <<= 1;
        power -= 1;
    }
    while above / below >= 1 << 53 {
        below <<= 1;
        power += 1;
    }
    let (bits, rest) = (above / below, above % below);
    let up = rest * 2 > below || (rest * 2 == below && bits % 2 == 1);
    (bits + u128::from(up), power)
}

#[test]
fn it_reads_what_the_second_implementation_reads() {
    let number = "[0-9]{0,3}|[0-9]{4,7}|[0-9]{8,20}|922337203685477580[6-9]|256204[78]";
    let unit = "ns|us|\u{b5}s|\u{3bc}s|ms|s|m|h|h|s|m|d|S||e3s| s";
    let term = format!("({number})(\\.0{{0,3}}([1-9][0-9]{{0,22}})?)?({unit})");
    let text = format!("[-+]?({term}){{0,3}}");
    let config = Config {
        cases: 4_000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let text = proptest::string::string_regex(&text).unwrap();
    let (read, refused, fractions) = Default::default();
    let counts: [std::cell::Cell<usize>; 3] = [read, refused, fractions];
    let outcome = runner.run(&text, |text| {
        let mine = nanoseconds(&text);
        let nth = usize::from(mine.is_err());
        counts[nth].set(counts[nth].get() + 1);
        if mine.is_ok() && text.contains('.') {
            counts[2].set(counts[2].get() + 1);
        }
        prop_assert_eq!(mine.map_err(drop), second_reading(&text), "{}", text);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let [read, refused, fractions] = counts.map(|count| count.get());
    assert!(
        read > 600 && refused > 600 && fractions > 200,
        "{read} are read, {fractions} of them with a fraction, and {refused} are not"
    );
}
