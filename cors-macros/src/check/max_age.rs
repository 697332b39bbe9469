//! `max_age`: a duration as Go writes it.

mod duration;

use self::duration::{Duration, Unreadable};
use super::placeholder;
use crate::config::{Cors, Key, Setting};
use crate::finding::Finding;
use crate::json::Text;
use crate::literal::{is_quotation_mark, quoted};
use crate::report::Report;
use crate::rules;

const DAY: u64 = 24 * 60 * 60;
const CHROMIUM_CAP: u64 = 2 * 60 * 60;
const WEBKIT_CAP: u64 = 10 * 60;

/// How long browsers cache a preflight unless they are told otherwise.
pub(super) const UNTOLD: u64 = 5;

/// How long browsers are told to cache a preflight, in seconds. None for what is not a duration.
pub(super) fn cached(written: &str) -> Option<u64> {
    let read = Duration::parse(written).ok()?;
    Some(match read.seconds() {
        // Nothing is sent.
        0 => UNTOLD,
        _ if read.negative => 0,
        seconds => seconds,
    })
}

/// The seconds to send, if any.
pub(super) fn check(cors: &Cors<'_>, report: &mut Report) -> Option<u64> {
    let text = match &cors.max_age {
        Setting::Given(given) => &given.value,
        Setting::Missing => {
            let (place, label) = cors.without(Key::MaxAge);
            let title = "without `max_age` browsers cache a preflight for 5 seconds";
            report.push(Finding::new(&rules::NO_MAX_AGE, place, title, label));
            return None;
        }
        Setting::Unknown => return None,
    };
    let written = text.as_str();
    if let Some(at) = placeholder::find(written) {
        report.push(placeholder::finding(text, at));
        return None;
    }
    let read = match Duration::parse(written) {
        Ok(read) => read,
        Err(why) => {
            report.push(malformed(text, why));
            return None;
        }
    };
    let seconds = read.seconds();
    if seconds == 0 {
        report.push(below_a_second(text, read));
        return None;
    }
    if read.negative {
        report.push(Finding::new(
            &rules::MAX_AGE_NEGATIVE,
            text.place(),
            format!("`{written}` turns the preflight cache off"),
            "sent as `0`",
        ));
        return Some(0);
    }
    if !read.is_whole_seconds() && seconds <= DAY {
        let sent = plain(seconds);
        report.push(
            Finding::new(
                &rules::MAX_AGE_FRACTION,
                text.place(),
                format!("`{written}` is not a whole number of seconds"),
                format!("`{sent}` is sent"),
            )
            .words(format!(
                "write \"{sent}\", which is what is sent, or another whole number of seconds"
            )),
        );
    } else if !read.plain {
        report.push(
            Finding::new(
                &rules::MAX_AGE_NOT_PLAIN,
                text.place(),
                format!("`{written}` is not one whole number with one unit"),
                in_words(seconds),
            )
            .write(text.place(), quoted(&plain(seconds))),
        );
    }
    cap(text, seconds, report);
    Some(seconds)
}

fn cap(text: &Text<'_>, seconds: u64, report: &mut Report) {
    let written = text.as_str();
    if seconds > DAY {
        let title = format!("`{written}` is longer than any browser caches a preflight");
        report.push(
            Finding::new(
                &rules::MAX_AGE_ABOVE_A_DAY,
                text.place(),
                title,
                in_words(seconds),
            )
            .write(text.place(), "\"24h\""),
        );
    } else if seconds > WEBKIT_CAP {
        let browsers = if seconds > CHROMIUM_CAP {
            "Chromium and WebKit cache"
        } else {
            "WebKit caches"
        };
        report.push(Finding::new(
            &rules::MAX_AGE_ABOVE_CAPS,
            text.place(),
            format!("`{written}` is longer than {browsers} a preflight"),
            in_words(seconds),
        ));
    }
}

fn below_a_second(text: &Text<'_>, read: Duration) -> Finding {
    let written = text.as_str();
    if read.nanoseconds == 0 || read.negative {
        return Finding::new(
            &rules::MAX_AGE_ZERO,
            text.place(),
            format!("`{written}` does not turn the preflight cache off"),
            "no `Access-Control-Max-Age` is sent",
        );
    }
    Finding::new(
        &rules::MAX_AGE_BELOW_A_SECOND,
        text.place(),
        format!("`{written}` is less than a second"),
        "cut to 0 seconds",
    )
}

fn malformed(text: &Text<'_>, why: Unreadable) -> Finding {
    let written = text.as_str();
    let has_unit = written.contains(|c: char| c.is_alphabetic());
    let (title, label) = match why {
        _ if written.is_empty() => (
            "an empty string is not a duration".to_owned(),
            "expected a number and a unit",
        ),
        Unreadable::TooLong => (
            format!("`{written}` is too long for KrakenD"),
            "the longest is 2562047h",
        ),
        Unreadable::Unit if !has_unit => (
            format!("`{written}` has no unit"),
            "expected a unit behind the number",
        ),
        Unreadable::Unit => (
            format!("`{written}` is not a duration that KrakenD reads"),
            "the units are ns, us, ms, s, m and h",
        ),
        Unreadable::Number => (
            format!("`{written}` is not a duration that KrakenD reads"),
            "expected a number and a unit",
        ),
    };
    let finding = Finding::new(&rules::MALFORMED_MAX_AGE, text.place(), title, label);
    let mended = match why {
        Unreadable::TooLong if !written.starts_with('-') => Some((u64::MAX, String::new())),
        _ => meant(written),
    };
    match mended {
        Some((seconds, _)) if seconds > DAY => finding
            .note("no browser caches a preflight for more than 24 hours")
            .write(text.place(), "\"24h\""),
        Some((1.., mended)) => finding.write(text.place(), quoted(&mended)),
        _ => finding,
    }
}

/// What somebody meant who did not write as Go reads: the seconds, and how to write them.
fn meant(written: &str) -> Option<(u64, String)> {
    let bare = written.trim_matches(|c: char| {
        c.is_whitespace() || is_quotation_mark(c) || matches!(c, '.' | ',' | ';')
    });
    let text = bare.to_lowercase().replace(',', ".");
    // ISO 8601 begins a time with these letters.
    let text = text.strip_prefix("pt").unwrap_or(&text);
    let squeezed: String = text.split_whitespace().collect();
    if !squeezed.is_empty() && squeezed.bytes().all(|byte| byte.is_ascii_digit()) {
        // A bare number is what the response header has: seconds.
        let seconds = squeezed.parse().unwrap_or(u64::MAX);
        return Some((seconds, format!("{seconds}s")));
    }
    if let Ok(read) = Duration::parse(&squeezed)
        && !read.negative
    {
        let seconds = read.seconds();
        return Some(if read.plain && read.is_whole_seconds() {
            (seconds, squeezed)
        } else {
            (seconds, plain(seconds))
        });
    }
    // Words, and the longer units. So many digits cannot be too much for `humantime`.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > 12 {
        return None;
    }
    let seconds = humantime::parse_duration(text).ok()?.as_secs();
    Some((seconds, plain(seconds)))
}

/// One whole number and the longest unit that it can have.
fn plain(seconds: u64) -> String {
    match seconds {
        _ if seconds.is_multiple_of(60 * 60) => format!("{}h", seconds / (60 * 60)),
        _ if seconds.is_multiple_of(60) => format!("{}m", seconds / 60),
        _ => format!("{seconds}s"),
    }
}

fn in_words(seconds: u64) -> String {
    match seconds {
        1 => "this is 1 second".to_owned(),
        _ => format!("this is {seconds} seconds"),
    }
}
