//! Methods and request headers that a preflight does not allow.

use http::Method;

use super::with_finding;
use crate::testing::request_headers::normalised;

/// `allowed` is the value of `Access-Control-Allow-Methods`.
pub(super) fn method(method: &Method, allowed: &str) -> String {
    let upper = method.as_str().to_ascii_uppercase();
    if method.as_str() != upper && normalised(method.clone()) == *method {
        return format!(
            "write `{upper}` in the request: browsers send `{method}` as the script spells it"
        );
    }
    let in_other_case = elements(allowed).find(|listed| listed.eq_ignore_ascii_case(&upper));
    let mut help = match in_other_case {
        Some(listed) => {
            format!("write \"{method}\" instead of \"{listed}\" in `allow_methods`: case matters")
        }
        None => format!("add \"{method}\" to `allow_methods`"),
    };
    // Without credentials it would have counted.
    if has_star(allowed) {
        help += "; `*` does not count in requests with credentials";
    }
    let is_usual = matches!(
        *method,
        Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS
    );
    with_finding(help, (!is_usual).then_some("unusual_method"))
}

/// `allowed` is the value of `Access-Control-Allow-Headers`.
pub(super) fn headers(names: &[String], allowed: &str, credentials: bool) -> String {
    let (of_services, of_scripts): (Vec<&str>, Vec<&str>) = names
        .iter()
        .map(String::as_str)
        .partition(|name| name.starts_with("access-control-"));
    let mut help = Vec::new();
    if !of_scripts.is_empty() {
        let quoted = listed(of_scripts.iter().map(|name| format!("\"{name}\"")));
        let star = match has_star(allowed) {
            false => "",
            true if credentials => "; `*` does not count in requests with credentials",
            true => {
                "; by the standard, `*` does not include it, although current browsers let it pass"
            }
        };
        help.push(format!("add {quoted} to `allow_headers`{star}"));
    }
    if !of_services.is_empty() {
        let quoted = listed(of_services.iter().map(|name| format!("`{name}`")));
        let them = if of_services.len() == 1 { "it" } else { "them" };
        help.push(format!(
            "do not set {quoted} in the script: browsers and services set {them}"
        ));
    }
    help.join("; ")
}

fn elements(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

fn has_star(list: &str) -> bool {
    elements(list).any(|element| element == "*")
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
