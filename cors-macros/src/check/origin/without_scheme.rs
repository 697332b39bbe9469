//! Entries without `://`: what they have instead.

use super::fault::Fault;
use super::{scheme, unicode};
use crate::check::token::at_char;
use crate::rules;

/// What is wrong with an entry without `://`.
pub(super) fn fault(text: &str) -> Fault {
    let rule = &rules::ORIGIN_WITHOUT_SCHEME;
    if let Some(at) = other_character(text) {
        let other = at_char(text, at);
        let note = text[other.clone()].chars().next().map(unicode::note);
        let what = "has a colon or a slash that is not ASCII";
        return Fault::new(rule, other, what, "not ASCII").note(note.unwrap_or_default());
    }
    let fault = match begun(text) {
        Begun::Web { end } if text[end..].starts_with(':') => {
            let label = "`//` is missing behind this";
            Fault::new(rule, 0..end + 1, "has a scheme without two slashes", label)
        }
        Begun::Web { end } => {
            let label = "`:` is missing behind this";
            Fault::new(rule, 0..end, "has a scheme without a colon", label)
        }
        Begun::File => {
            return Fault::new(rule, 0..2, "is the path of a file", "a drive of Windows").words(
                "serve the page over https or from localhost: a file has no origin of its own",
            );
        }
        Begun::Other { colon } => return scheme::of_no_origin(text, colon),
        Begun::No => {
            let label = "`https://` or `http://` is missing";
            let what = "has no scheme; an origin begins with one";
            Fault::new(rule, 0..text.len(), what, label)
        }
    };
    match words_for(text) {
        Some(words) => fault.words(words),
        None => fault,
    }
}

/// Where the first character is that makes a text one without `://`.
fn other_character(text: &str) -> Option<usize> {
    let is_other = |c: char| matches!(unicode::meant(c), Some(":" | "/"));
    let at = text.find(is_other)?;
    unicode::in_ascii(text).contains("://").then_some(at)
}

/// How a text without `://` begins.
enum Begun {
    /// With `http` or `https`, which ends here.
    Web {
        end: usize,
    },
    /// With the drive of a path.
    File,
    /// With the scheme of something else.
    Other {
        colon: usize,
    },
    No,
}

fn begun(text: &str) -> Begun {
    let Some(end) = text.find([':', '/']) else {
        return Begun::No;
    };
    let (word, rest) = text.split_at(end);
    if ["http", "https"]
        .iter()
        .any(|web| word.eq_ignore_ascii_case(web))
    {
        let is_host = rest[1..].bytes().all(|b| b.is_ascii_digit());
        return if is_host {
            Begun::No
        } else {
            Begun::Web { end }
        };
    }
    // A name with a port is none, nor is a name with a path.
    let is_scheme = rest.starts_with(':')
        && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '\\')
        && scheme::is_well_formed(word)
        && !word.contains('.')
        && word != "localhost";
    match word.len() {
        _ if !is_scheme => Begun::No,
        1 => Begun::File,
        _ => Begun::Other { colon: end },
    }
}

/// What to do about a word that other products read, a port, or a name without a dot.
pub(super) fn words_for(text: &str) -> Option<&'static str> {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    Some(match word.to_ascii_lowercase().as_str() {
        "" if !text.contains('*') => return None,
        "" | "all" | "any" | "everyone" | "public" | "wildcard" => {
            "list the origins that are meant; KrakenD's word for every origin is `*`"
        }
        "self" | "sameorigin" | "same-origin" => {
            "remove it: a page can always read responses of its own origin"
        }
        "none" | "deny" | "false" | "disabled" => {
            "list the origins that are meant; KrakenD has no word for no origin"
        }
        "null" | "nil" | "undefined" | "true" | "origin" => {
            "list the origins that are meant; this is the value of something that was not filled in"
        }
        word if word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.') =>
        {
            "write the scheme, the host and the port, as in \"http://localhost:3000\""
        }
        word if !word.contains(['.', '/', ' ']) || text.contains('@') => {
            "write the origin of the page as `location.origin` is in its console"
        }
        _ => return None,
    })
}
