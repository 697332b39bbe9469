//! How often the engines send a preflight, where that is not what the Fetch standard asks for. Measured in
//! Chromium 156, Firefox 153 and WebKitGTK 2.50.

use std::time::Duration;

use cors_runtime::testing::{Browser, Engine};

use crate::case::{Case, PageOption, SHOP, STRANGER, agree, case};

const ENGINES: [(&str, PageOption); 4] = [
    ("the_standard", |browser| browser),
    ("chromium", |browser| browser.with_engine(Engine::Chromium)),
    ("firefox", |browser| browser.with_engine(Engine::Firefox)),
    ("webkit", |browser| browser.with_engine(Engine::WebKit)),
];

#[tokio::test]
async fn engines() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [
        conditional(),
        no_store(),
        replaced(),
        wildcards(),
        opaque(),
        credentials(),
        listeners(),
        limits(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A case in each engine, with whether a preflight precedes its last call: in the standard, in Chromium, in
/// Firefox, and in WebKit.
fn each(name: &str, asks: [bool; 4], calls: fn(Case, bool) -> Case) -> Vec<Case> {
    let cases = ENGINES.iter().zip(asks).map(|((engine, with), asks)| {
        // All pages of the browser have the engine of the first.
        calls(case(format!("{name}_in_{engine}")).with(*with), asks)
    });
    cases.collect()
}

impl Case {
    fn call(self, method: &str, lines: &[&str], asks: bool) -> Self {
        let arrives: &[&str] = if asks {
            &["OPTIONS", method]
        } else {
            &[method]
        };
        self.fetch(method, lines).arrives(arrives).gets("200")
    }

    /// A service that allows only what is requested.
    fn echo(self, lines: &[&str]) -> Self {
        self.lists(&[&["Max-Age: 600"], lines].concat())
    }
}

/// The name of a header in the names of cases.
fn short(line: &str) -> String {
    let (name, _) = line.split_once(':').unwrap();
    name.to_ascii_lowercase().replace('-', "_")
}

/// What such a request makes of the cache of preflights.
fn no_store() -> Vec<Case> {
    let again = each(
        "no_store_twice",
        [false, true, true, false],
        |case, asks| {
            case.lists(&["Allow-Methods: PUT", "Max-Age: 600"])
                .with(Browser::with_no_store)
                .call("PUT", &[], true)
                .call("PUT", &[], asks)
        },
    );
    let later = each(
        "no_store_first",
        [false, true, false, false],
        |case, asks| {
            case.lists(&["Allow-Methods: PUT", "Max-Age: 600"])
                .with(Browser::with_no_store)
                .call("PUT", &[], true)
                .page(SHOP)
                .call("PUT", &[], asks)
        },
    );
    let simple = each("no_store_of_a_simple_request", [false; 4], |case, asks| {
        case.granted(&[])
            .with(Browser::with_no_store)
            .call("GET", &[], asks)
    });
    [again, later, simple].into_iter().flatten().collect()
}

/// A conditional request does not use the cache, but its preflight is kept.
fn conditional() -> Vec<Case> {
    const CONDITIONS: [&str; 5] = [
        "If-Match: \"a\"",
        "If-None-Match: \"a\"",
        "If-Modified-Since: Mon, 01 Jan 2018 00:00:00 GMT",
        "If-Unmodified-Since: Mon, 01 Jan 2018 00:00:00 GMT",
        "If-Range: \"a\"",
    ];

    let twice = CONDITIONS.iter().flat_map(|line| {
        ENGINES
            .iter()
            .zip([false, true, true, false])
            .map(|((engine, with), asks)| {
                case(format!("{}_twice_in_{engine}", short(line)))
                    .with(*with)
                    .echo(&[
                        "Allow-Methods: PUT",
                        &format!("Allow-Headers: {}", name_of(line)),
                    ])
                    .call("PUT", &[line], true)
                    .call("PUT", &[line], asks)
            })
    });
    let then_without = each(
        "a_conditional_request_then_another",
        [false; 4],
        |case, asks| {
            case.echo(&["Allow-Methods: PUT", "Allow-Headers: If-Match"])
                .call("PUT", &["If-Match: \"a\""], true)
                .call("PUT", &[], asks)
        },
    );
    twice.chain(then_without).collect()
}

fn name_of(line: &str) -> &str {
    line.split_once(':').unwrap().0
}

/// A later preflight replaces an earlier one of the same URL.
fn replaced() -> Vec<Case> {
    const LATER: [bool; 4] = [false, true, false, true];

    let methods = each("methods_echoed_one_by_one", LATER, |case, asks| {
        case.echo(&["Allow-Methods: PUT"])
            .call("PUT", &[], true)
            .echo(&["Allow-Methods: DELETE"])
            .call("DELETE", &[], true)
            .echo(&["Allow-Methods: PUT"])
            .call("PUT", &[], asks)
    });
    let names = each("names_echoed_one_by_one", LATER, |case, asks| {
        case.echo(&["Allow-Headers: X-A"])
            .call("GET", &["X-A: 1"], true)
            .echo(&["Allow-Headers: X-B"])
            .call("GET", &["X-B: 1"], true)
            .echo(&["Allow-Headers: X-A"])
            .call("GET", &["X-A: 1"], asks)
    });
    let without_credentials = each(
        "a_preflight_without_credentials_in_between",
        LATER,
        |case, asks| {
            case.with(Browser::with_credentials)
                .echo(&["Allow-Methods: PUT"])
                .call("PUT", &[], true)
                .page(SHOP)
                .echo(&["Allow-Methods: DELETE"])
                .call("DELETE", &[], true)
                .page(SHOP)
                .with(Browser::with_credentials)
                .echo(&["Allow-Methods: PUT"])
                .call("PUT", &[], asks)
        },
    );
    let elsewhere = each(
        "a_preflight_of_another_url_in_between",
        [false; 4],
        |case, asks| {
            case.echo(&["Allow-Methods: PUT"])
                .call("PUT", &[], true)
                .fetch("PUT https://api.test/next", &[])
                .gets("200")
                .call("PUT", &[], asks)
        },
    );
    let of_another = each(
        "a_preflight_of_another_origin_in_between",
        [false; 4],
        |case, asks| {
            case.echo(&["Allow-Methods: PUT"])
                .call("PUT", &[], true)
                .page(STRANGER)
                .call("PUT", &[], true)
                .page(SHOP)
                .call("PUT", &[], asks)
        },
    );
    [methods, names, without_credentials, elsewhere, of_another]
        .into_iter()
        .flatten()
        .collect()
}

/// `*` is not kept.
fn wildcards() -> Vec<Case> {
    const STAR: [bool; 4] = [false, false, true, false];

    let methods = each("any_method", STAR, |case, asks| {
        case.echo(&["Allow-Methods: *"])
            .call("PUT", &[], true)
            .call("PUT", &[], asks)
    });
    let names = each("any_name", STAR, |case, asks| {
        case.echo(&["Allow-Methods: PUT", "Allow-Headers: *"])
            .call("PUT", &["X-A: 1"], true)
            .call("PUT", &["X-A: 1"], asks)
    });
    let listed = each("any_method_and_the_method", [false; 4], |case, asks| {
        case.echo(&["Allow-Methods: *, PUT"])
            .call("PUT", &[], true)
            .call("PUT", &[], asks)
    });
    [methods, names, listed].into_iter().flatten().collect()
}

fn opaque() -> Vec<Case> {
    each("opaque_pages", [false, true, false, false], |case, asks| {
        case.call("GET", &[], false)
            .page("null")
            .echo(&["Allow-Methods: PUT"])
            .call("PUT", &[], true)
            .call("PUT", &[], asks)
    })
}

fn credentials() -> Vec<Case> {
    let then_without = each(
        "with_credentials_then_without",
        [false, false, true, false],
        |case, asks| {
            case.with(Browser::with_credentials)
                .echo(&["Allow-Methods: PUT"])
                .call("PUT", &[], true)
                .page(SHOP)
                .call("PUT", &[], asks)
        },
    );
    let then_with = each("without_credentials_then_with", [true; 4], |case, asks| {
        case.echo(&["Allow-Methods: PUT"])
            .call("PUT", &[], true)
            .with(Browser::with_credentials)
            .call("PUT", &[], asks)
    });
    [then_without, then_with].into_iter().flatten().collect()
}

/// A script that listens to the progress of uploads.
fn listeners() -> Vec<Case> {
    let nothing_to_upload = each(
        "a_listener_on_get",
        [true, false, true, true],
        |case, asks| {
            case.with(Browser::with_upload_listener)
                .echo(&[])
                .call("GET", &[], asks)
        },
    );
    let upload = each("a_listener_on_post", [true; 4], |case, asks| {
        case.with(Browser::with_upload_listener)
            .echo(&[])
            .call("POST", &[], asks)
    });
    let unnamed = each(
        "a_listener_on_post_twice",
        [true, false, false, false],
        |case, asks| {
            case.with(Browser::with_upload_listener)
                .echo(&["Allow-Methods: PUT"])
                .call("POST", &[], true)
                .call("POST", &[], asks)
        },
    );
    let without_a_list = each(
        "a_listener_on_post_twice_without_a_list",
        [false; 4],
        |case, asks| {
            case.with(Browser::with_upload_listener)
                .echo(&[])
                .call("POST", &[], true)
                .call("POST", &[], asks)
        },
    );
    let after_another = each(
        "a_listener_on_post_after_a_put",
        [true, false, false, false],
        |case, asks| {
            case.echo(&["Allow-Methods: PUT"])
                .call("PUT", &[], true)
                .with(Browser::with_upload_listener)
                .call("POST", &[], asks)
        },
    );
    let expired = each("a_listener_on_post_later", [true; 4], |case, asks| {
        case.with(Browser::with_upload_listener)
            .echo(&["Allow-Methods: PUT"])
            .call("POST", &[], true)
            .wait(600)
            .call("POST", &[], asks)
    });
    let head = each(
        "a_listener_on_head_twice",
        [true, false, true, false],
        |case, asks| {
            case.with(Browser::with_upload_listener)
                .echo(&["Allow-Methods: PUT"])
                .fetch("HEAD", &[])
                .gets("200")
                .call("HEAD", &[], asks)
        },
    );
    [
        nothing_to_upload,
        upload,
        unnamed,
        without_a_list,
        after_another,
        expired,
        head,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How long a preflight is kept at most.
fn limits() -> Vec<Case> {
    let cases = ENGINES
        .iter()
        .zip([7_200, 7_200, 86_400, 600])
        .map(|((engine, with), limit)| {
            case(format!("the_limit_of_{engine}"))
                .with(*with)
                .lists(&["Allow-Methods: PUT", "Max-Age: 999999"])
                .call("PUT", &[], true)
                .wait(limit - 1)
                .call("PUT", &[], false)
                .wait(1)
                .call("PUT", &[], true)
        });
    let own = case("a_limit_before_the_engine")
        .with(|browser| {
            let limited = browser.with_preflight_limit(Duration::from_secs(60));
            limited.with_engine(Engine::Firefox)
        })
        .lists(&["Allow-Methods: PUT", "Max-Age: 999999"])
        .call("PUT", &[], true)
        .wait(60)
        .call("PUT", &[], true);
    cases.chain([own]).collect()
}
