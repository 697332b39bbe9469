//! What changes headers on the way to a backend.

use super::token::VALIDATORS;
use crate::json::Value;

/// What the names of sections have in them that may set request headers.
const MODIFIERS: [&str; 4] = ["martian", "lua", "modifier", "plugin"];

/// The words of those sections that may set request headers: the names are among them.
pub(super) fn modifying_words(extra: &Value<'_>) -> Vec<String> {
    let sections = extra.members();
    let parts = sections.iter().flat_map(|section| {
        let name = section.key.as_str();
        if VALIDATORS.contains(&name) {
            // The headers that it makes from a token.
            let mut settings = section.value.members();
            settings.retain(|setting| setting.key.as_str().starts_with("propagate"));
            settings.iter().map(|setting| setting.value.raw()).collect()
        } else if MODIFIERS.iter().any(|part| name.contains(part)) {
            vec![section.value.raw()]
        } else {
            Vec::new()
        }
    });
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let words = parts.flat_map(|part: &str| part.split(move |c| !is_part(c)));
    words.map(str::to_ascii_lowercase).collect()
}

/// Whether martian removes `Origin` from the requests to a backend with this `extra_config`.
pub(super) fn removes_origin(extra: &Value<'_>) -> bool {
    let sections = extra.members();
    let mut modifiers = sections
        .iter()
        .filter(|section| section.key.as_str().contains("martian"));
    modifiers.any(|section| {
        let modifier = serde_json::from_str(section.value.raw());
        modifier.is_ok_and(|modifier| blacklists_origin(&modifier))
    })
}

/// Whether a modifier of martian, or one of a group in it, removes `Origin` from requests.
fn blacklists_origin(modifier: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object};
    match modifier {
        Array(modifiers) => modifiers.iter().any(blacklists_origin),
        Object(modifiers) => modifiers.iter().any(|(name, modifier)| {
            if name != "header.Blacklist" {
                return blacklists_origin(modifier);
            }
            // Without a scope it changes both requests and responses.
            let for_requests =
                modifier.get("scope").is_none() || lists(modifier, "scope", "request");
            for_requests && lists(modifier, "names", "Origin")
        }),
        _ => false,
    }
}

fn lists(modifier: &serde_json::Value, key: &str, element: &str) -> bool {
    let list = modifier.get(key).and_then(serde_json::Value::as_array);
    let mut texts = list.into_iter().flatten().filter_map(|text| text.as_str());
    texts.any(|text| text.eq_ignore_ascii_case(element))
}
