//! [Methods].
//!
//! [Methods]: https://fetch.spec.whatwg.org/#methods

use crate::case::{Case, agree, case};

#[tokio::test]
async fn methods() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [normalised(), kept(), forbidden(), allowed(), safelisted()]
        .into_iter()
        .flatten()
        .collect()
}

/// Six methods are converted to upper case: "[normalize]".
///
/// [normalize]: https://fetch.spec.whatwg.org/#concept-method-normalize
fn normalised() -> Vec<Case> {
    let simple = [("get", "GET"), ("head", "HEAD"), ("Post", "POST")].map(|(written, sent)| {
        case(format!("{written}_is_sent_as_{sent}"))
            .fetch(written, &[])
            .arrives(&[sent])
            .gets("200")
    });
    let asked = [("delete", "DELETE"), ("options", "OPTIONS"), ("Put", "PUT")];
    let asked = asked.map(|(written, sent)| {
        let preflight = format!("OPTIONS request-method: {sent}");
        case(format!("{written}_is_sent_as_{sent}"))
            .fetch(written, &[])
            .arrives_with(&["request-method"], &[&preflight, sent])
            .gets("200")
    });
    simple.into_iter().chain(asked).collect()
}

/// All others are sent as they are written.
fn kept() -> Vec<Case> {
    let methods = ["PATCH", "patch", "Patch", "PURGE", "purge", "x-Custom"];
    let cases = methods.map(|method| {
        let preflight = format!("OPTIONS request-method: {method}");
        case(format!("{method}_is_sent_as_it_is"))
            .fetch(method, &[])
            .arrives_with(&["request-method"], &[&preflight, method])
            .gets("200")
    });
    cases.into()
}

/// [Forbidden methods], in any case.
///
/// [Forbidden methods]: https://fetch.spec.whatwg.org/#forbidden-method
fn forbidden() -> Vec<Case> {
    let methods = ["CONNECT", "TRACE", "TRACK", "connect", "Trace", "track"];
    let cases = methods.map(|method| {
        case(format!("{method}_is_forbidden"))
            .fetch(method, &[])
            .arrives(&[])
            .gets(&format!("ForbiddenMethod {method}"))
    });
    cases.into()
}

/// `Access-Control-Allow-Methods` in the [CORS-preflight fetch].
///
/// [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch
fn allowed() -> Vec<Case> {
    let cases: [(&str, &str, &[&str], &str); 17] = [
        ("put_in_the_list", "PUT", &["Allow-Methods: PUT"], "200"),
        (
            "put_among_others",
            "PUT",
            &["Allow-Methods: GET,PUT , DELETE"],
            "200",
        ),
        (
            "put_in_the_second_line",
            "PUT",
            &["Allow-Methods: GET", "Allow-Methods: PUT"],
            "200",
        ),
        (
            "put_between_empty_elements",
            "PUT",
            &["Allow-Methods: ,,PUT,"],
            "200",
        ),
        ("put_by_wildcard", "PUT", &["Allow-Methods: *"], "200"),
        (
            "patch_by_wildcard_beside_names",
            "PATCH",
            &["Allow-Methods: PUT, *"],
            "200",
        ),
        (
            "lower_case_patch_by_its_name",
            "patch",
            &["Allow-Methods: patch"],
            "200",
        ),
        ("put_without_a_list", "PUT", &[], "Method PUT"),
        (
            "put_in_an_empty_list",
            "PUT",
            &["Allow-Methods:"],
            "Method PUT",
        ),
        (
            "put_not_in_the_list",
            "PUT",
            &["Allow-Methods: PATCH, DELETE"],
            "Method PUT",
        ),
        (
            "put_in_lower_case",
            "PUT",
            &["Allow-Methods: put"],
            "Method PUT",
        ),
        (
            "delete_in_mixed_case",
            "DELETE",
            &["Allow-Methods: Delete"],
            "Method DELETE",
        ),
        (
            "lower_case_patch_by_upper_case",
            "patch",
            &["Allow-Methods: PATCH"],
            "Method patch",
        ),
        (
            "upper_case_patch_by_lower_case",
            "PATCH",
            &["Allow-Methods: patch"],
            "Method PATCH",
        ),
        ("put_in_allow", "PUT", &["Allow: PUT"], "Method PUT"),
        (
            "options_of_a_script_is_asked_for",
            "OPTIONS",
            &["Allow-Methods: PUT"],
            "Method OPTIONS",
        ),
        (
            "options_of_a_script_may_be_listed",
            "OPTIONS",
            &["Allow-Methods: OPTIONS"],
            "200",
        ),
    ];
    let cases = cases.into_iter().map(|(name, method, lines, gets)| {
        let arrives = match gets {
            "200" => vec!["OPTIONS", method],
            _ => vec!["OPTIONS"],
        };
        let case = case(name).lists(lines).fetch(method, &[]);
        case.arrives(&arrives).gets(gets)
    });
    cases.collect()
}

/// If a header requires a preflight, GET, HEAD and POST pass it whatever the list says.
fn safelisted() -> Vec<Case> {
    let lists: [(&str, &[&str]); 3] = [
        ("without_a_list", &["Allow-Headers: X-A"]),
        (
            "with_an_empty_list",
            &["Allow-Headers: X-A", "Allow-Methods:"],
        ),
        (
            "with_a_list_of_others",
            &["Allow-Headers: X-A", "Allow-Methods: PUT"],
        ),
    ];
    let cases = lists.into_iter().flat_map(|(name, lines)| {
        ["GET", "HEAD", "POST"].map(|method| {
            case(format!("{method}_passes_{name}"))
                .lists(lines)
                .fetch(method, &["X-A: 1"])
                .arrives(&["OPTIONS", method])
                .gets("200")
        })
    });
    cases.collect()
}
