//! `max_age`: a duration as Go writes it.

use std::time::Duration;

use crate::config::Setting;
use crate::finding::Finding;
use crate::json::Text;
use crate::report::Report;
use crate::rules;

/// What a browser takes without the header, in words.
const DEFAULT: &str = "browsers then ask again after 5 seconds";

/// Go's durations are nanoseconds in 63 bits.
const LONGEST: Duration = Duration::from_nanos(i64::MAX as u64);

const DAY: u64 = 24 * 60 * 60;
const CHROMIUM_CAP: u64 = 2 * 60 * 60;
const WEBKIT_CAP: u64 = 10 * 60;

/// The seconds to send, if any.
pub(super) fn check(setting: &Setting<Text<'_>>, report: &mut Report) -> Option<u64> {
    let text = &setting.given()?.value;
    let Some(read) = read(text.as_str()) else {
        report.push(malformed(text));
        return None;
    };
    let seconds = read.duration.as_secs();
    if seconds == 0 {
        report.push(below_a_second(text, &read));
        return None;
    }
    if read.negative {
        report.push(
            Finding::new(
                &rules::MAX_AGE_NEGATIVE,
                text.place(),
                "a negative `max_age` turns the preflight cache off",
                "this is sent as `0`",
            )
            .note("browsers then send a preflight before every request; KrakenD's schema refuses the value")
            .words("\"10m\", unless this is meant"),
        );
        return Some(0);
    }
    if !read.plain || read.duration.subsec_nanos() != 0 {
        report.push(
            Finding::new(
                &rules::MAX_AGE_NOT_PLAIN,
                text.place(),
                "KrakenD's schema knows one whole number and one unit",
                in_words(seconds),
            )
            .note("KrakenD reads it all the same; `krakend check --lint` does not")
            .words(format!("\"{seconds}s\"")),
        );
    }
    cap(text, seconds, report);
    Some(seconds)
}

fn cap(text: &Text<'_>, seconds: u64, report: &mut Report) {
    let (rule, headline) = if seconds > DAY {
        (
            &rules::MAX_AGE_ABOVE_A_DAY,
            "no browser keeps a preflight's answer for more than a day",
        )
    } else if seconds > CHROMIUM_CAP {
        (
            &rules::MAX_AGE_ABOVE_CAPS,
            "Chromium and WebKit keep a preflight's answer for less time",
        )
    } else if seconds > WEBKIT_CAP {
        (
            &rules::MAX_AGE_ABOVE_CAPS,
            "WebKit keeps a preflight's answer for less time",
        )
    } else {
        return;
    };
    report.push(
        Finding::new(rule, text.place(), headline, in_words(seconds))
            .note("Firefox stops at 24 hours, Chromium at 2 hours, WebKit at 10 minutes")
            .words("\"2h\""),
    );
}

fn below_a_second(text: &Text<'_>, read: &Read) -> Finding {
    if read.duration.is_zero() || read.negative {
        return Finding::new(
            &rules::MAX_AGE_ZERO,
            text.place(),
            "a `max_age` of zero does not turn the preflight cache off",
            "no header is sent for this",
        )
        .note(format!("KrakenD leaves the header out; {DEFAULT}"))
        .words("remove the key, or write \"-1s\" to turn the cache off");
    }
    Finding::new(
        &rules::MAX_AGE_BELOW_A_SECOND,
        text.place(),
        "a `max_age` below one second is cut to nothing",
        "less than a second",
    )
    .note(format!(
        "KrakenD cuts off fractions and leaves the header out; {DEFAULT}"
    ))
    .words("\"1s\" or more, or remove the key")
}

fn malformed(text: &Text<'_>) -> Finding {
    let written = text.as_str();
    let number = written
        .trim()
        .trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = written.trim()[number.len()..].trim().to_lowercase();
    let count: Option<u64> = number.parse().ok();
    let (headline, help) = match (count, unit.as_str()) {
        _ if written.is_empty() => ("an empty `max_age`".to_owned(), None),
        (Some(count), "") => (
            format!("`{}` has no unit", written.trim()),
            Some(format!("{count}s")),
        ),
        (Some(count), "d" | "day" | "days") => (
            "KrakenD knows no unit longer than `h`".to_owned(),
            Some(format!("{}h", count.saturating_mul(24))),
        ),
        (Some(count), "w" | "week" | "weeks") => (
            "KrakenD knows no unit longer than `h`".to_owned(),
            Some(format!("{}h", count.saturating_mul(24 * 7))),
        ),
        // Written as it should be: then it is only too much.
        (Some(_), "h" | "m" | "s" | "ms")
            if !written.contains(|c: char| c.is_whitespace() || c.is_uppercase()) =>
        {
            (
                format!("`{written}` is longer than KrakenD can count"),
                None,
            )
        }
        (Some(count), word) => (
            format!("`{written}` is not a duration"),
            unit_of(word).map(|unit| format!("{count}{unit}")),
        ),
        _ => {
            let squeezed = written.to_lowercase();
            let squeezed = squeezed.split_whitespace().collect::<String>();
            (format!("`{written}` is not a duration"), Some(squeezed))
        }
    };
    let readable = help.filter(|help| read(help).is_some());
    Finding::new(
        &rules::MALFORMED_MAX_AGE,
        text.place(),
        headline,
        "a number and a unit: ns, us, ms, s, m, h",
    )
    .note(format!(
        "KrakenD ignores it without a word and sends no `Access-Control-Max-Age`; {DEFAULT}"
    ))
    .words(match readable {
        Some(help) => format!("\"{help}\""),
        None => "a number and a unit, below 2562048 hours: \"12h\"".to_owned(),
    })
}

/// The unit that a word stands for.
fn unit_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "m" | "min" | "mins" | "minute" | "minutes" => "m",
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "ms" | "millisecond" | "milliseconds" => "ms",
        _ => return None,
    })
}

fn in_words(seconds: u64) -> String {
    match seconds {
        1 => "this is 1 second".to_owned(),
        _ => format!("this is {seconds} seconds"),
    }
}

/// A duration as it is written.
struct Read {
    negative: bool,
    duration: Duration,
    /// One whole number and one unit, as KrakenD's schema has it.
    plain: bool,
}

/// Holds the text to Go's grammar, and lets `humantime` do the sum.
fn read(text: &str) -> Option<Read> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if unsigned == "0" {
        return Some(Read {
            negative,
            duration: Duration::ZERO,
            plain: true,
        });
    }
    let mut terms = 0;
    let mut whole = unsigned.len() == text.len();
    let mut spelt = String::new();
    let mut rest = unsigned;
    while !rest.is_empty() {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let (number, after) = rest.split_at(rest.len() - number.len());
        let (integer, fraction) = number.split_once('.').unwrap_or((number, ""));
        let unit_end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(unit_end);
        let unit = match unit {
            "ns" | "us" | "ms" | "s" | "m" | "h" => unit,
            // Both the micro sign and the Greek letter.
            "\u{b5}s" | "\u{3bc}s" => "us",
            _ => return None,
        };
        if (integer.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return None;
        }
        whole &= !number.contains('.');
        let integer = if integer.is_empty() { "0" } else { integer };
        match fraction.is_empty() {
            true => spelt.extend([integer, unit, " "]),
            false => spelt.extend([integer, ".", fraction, unit, " "]),
        }
        terms += 1;
        rest = next;
    }
    let duration = humantime::parse_duration(spelt.trim_end()).ok()?;
    (duration <= LONGEST).then_some(Read {
        negative,
        duration,
        plain: whole && terms == 1,
    })
}
