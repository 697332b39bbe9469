//! For how long caches use a stored response: [RFC 9111 § 4.2], and what engines do where it leaves them a choice.
//! If they differ, the case follows the one that uses the response for longer, and a comment names the others.
//!
//! [RFC 9111 § 4.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.2

use crate::case::{API, Case, STRANGER, agree, case};

/// Longer than any time that is waited for.
const LIMITLESS: u64 = 10_000_000_000;
const DATE: &str = "Date: Mon, 01 Jan 2024 00:10:00 GMT";
/// A quarter of an hour later.
const EXPIRES: &str = "Expires: Mon, 01 Jan 2024 00:25:00 GMT";
/// Ten minutes earlier.
const MODIFIED: &str = "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
/// Long ago, for a response without a date.
const MODIFIED_IN_2018: &str = "Last-Modified: Mon, 01 Jan 2018 00:00:00 GMT";

#[tokio::test]
async fn freshness() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [explicit(), forms(), forbidden(), heuristic(), statuses()]
        .into_iter()
        .flatten()
        .chain([part(), redirect()])
        .collect()
}

/// A response without CORS headers and without `Vary`, which another page got before the shop.
fn refused(name: &str, status: u16, lines: &[&str]) -> Case {
    case(name)
        .page(STRANGER)
        .response(status, lines)
        .fetch("GET", &[])
        .gets("Origin")
        .page("https://shop.test")
        .granted(&[])
}

/// For how many seconds it is used for the shop.
fn used(name: &str, status: u16, lines: &[&str], seconds: u64) -> Case {
    let mut case = refused(name, status, lines);
    if seconds > 0 {
        case = case.wait(seconds - 1).fetch("GET", &[]).gets("Stored");
    }
    if seconds < LIMITLESS {
        case = case.wait(1).fetch("GET", &[]).arrives(&["GET"]).gets("200");
    }
    case
}

fn table(cases: &[(&str, &[&str], u64)]) -> Vec<Case> {
    let cases = cases.iter();
    let cases = cases.map(|(name, lines, seconds)| used(name, 200, lines, *seconds));
    cases.collect()
}

/// What the response says itself.
fn explicit() -> Vec<Case> {
    table(&[
        ("fresh_by_max_age", &["Cache-Control: max-age=600"], 600),
        // Only a shared cache reads it.
        ("fresh_by_s_maxage", &["Cache-Control: s-maxage=600"], 600),
        (
            "fresh_in_a_shared_cache_for_longer",
            &["Cache-Control: max-age=0, s-maxage=600"],
            600,
        ),
        (
            "fresh_in_a_browser_for_longer",
            &["Cache-Control: max-age=600, s-maxage=0"],
            600,
        ),
        (
            "fresh_in_a_browser_only",
            &["Cache-Control: private, max-age=60, s-maxage=600"],
            60,
        ),
        (
            "private_without_a_time_for_browsers",
            &["Cache-Control: private, s-maxage=600"],
            0,
        ),
        ("fresh_by_expires", &[DATE, EXPIRES], 900),
        (
            "expired",
            &[DATE, "Expires: Mon, 01 Jan 2024 00:10:00 GMT"],
            0,
        ),
        ("expires_zero", &["Expires: 0", MODIFIED_IN_2018], 0),
        ("expires_twice", &[DATE, EXPIRES, EXPIRES], 0),
        (
            "max_age_before_expires",
            &[DATE, EXPIRES, "Cache-Control: max-age=60"],
            60,
        ),
        (
            "max_age_zero_before_expires",
            &[DATE, EXPIRES, "Cache-Control: max-age=0"],
            0,
        ),
        (
            "stale_while_revalidate_alone",
            &["Cache-Control: stale-while-revalidate=600"],
            600,
        ),
        (
            "stale_while_revalidate_after_max_age",
            &["Cache-Control: max-age=60, stale-while-revalidate=600"],
            660,
        ),
        (
            "stale_while_revalidate_must_not_be_used",
            &["Cache-Control: max-age=60, must-revalidate, stale-while-revalidate=600"],
            60,
        ),
        (
            "as_old_as_its_age",
            &["Cache-Control: max-age=600", "Age: 590"],
            10,
        ),
        (
            "older_than_max_age",
            &["Cache-Control: max-age=600", "Age: 600"],
            0,
        ),
        (
            "older_than_s_maxage",
            &["Cache-Control: s-maxage=600", "Age: 600"],
            0,
        ),
        (
            "stale_by_its_age",
            &[
                "Cache-Control: max-age=600, stale-while-revalidate=600",
                "Age: 700",
            ],
            500,
        ),
        (
            "the_first_of_several_ages",
            &["Cache-Control: max-age=600", "Age: 700, 0"],
            0,
        ),
        (
            "an_age_that_is_no_number",
            &["Cache-Control: max-age=600", "Age: old"],
            600,
        ),
    ])
}

/// How directives are written.
fn forms() -> Vec<Case> {
    table(&[
        (
            "max_age_in_upper_case",
            &["Cache-Control: MAX-AGE=600"],
            600,
        ),
        // Chromium does not read it.
        (
            "max_age_in_quotes",
            &["Cache-Control: max-age=\"600\""],
            600,
        ),
        (
            "max_age_with_spaces",
            &["Cache-Control: max-age = 600"],
            600,
        ),
        (
            "max_age_before_a_semicolon",
            &["Cache-Control: max-age=600; public"],
            600,
        ),
        ("max_age_with_a_unit", &["Cache-Control: max-age=600s"], 600),
        // Firefox does not read it.
        (
            "max_age_that_overflows",
            &["Cache-Control: max-age=99999999999999999999999"],
            LIMITLESS,
        ),
        ("max_age_negative", &["Cache-Control: max-age=-1"], 0),
        ("max_age_with_a_sign", &["Cache-Control: max-age=+600"], 0),
        ("max_age_empty", &["Cache-Control: max-age="], 0),
        (
            "max_age_in_words",
            &[DATE, MODIFIED, "Cache-Control: max-age=long"],
            60,
        ),
        // Chromium reads the first, Firefox the last.
        (
            "max_age_twice",
            &["Cache-Control: max-age=60, max-age=600"],
            600,
        ),
        (
            "max_age_in_two_lines",
            &["Cache-Control: max-age=600", "Cache-Control: max-age=0"],
            600,
        ),
        (
            "max_age_in_a_quoted_string",
            &["Cache-Control: a=\"b, max-age=600\""],
            0,
        ),
        (
            "max_age_after_a_quoted_quote",
            &["Cache-Control: a=\"b\\\", c\", max-age=600"],
            600,
        ),
        ("max_age_in_the_name", &["Cache-Control: x-max-age=600"], 0),
    ])
}

/// Responses that no cache uses without revalidation.
fn forbidden() -> Vec<Case> {
    table(&[
        ("no_store", &["Cache-Control: max-age=600, No-Store"], 0),
        (
            "no_cache",
            &["Cache-Control: max-age=600", "Cache-Control: no-cache"],
            0,
        ),
        (
            "no_cache_with_s_maxage",
            &["Cache-Control: no-cache, s-maxage=600"],
            0,
        ),
        (
            "no_cache_with_stale_while_revalidate",
            &["Cache-Control: no-cache, stale-while-revalidate=600"],
            0,
        ),
        (
            "no_cache_with_last_modified",
            &["Cache-Control: no-cache", MODIFIED_IN_2018],
            0,
        ),
        // Firefox does not use it.
        (
            "no_cache_of_a_header",
            &["Cache-Control: max-age=600, no-cache=\"set-cookie\""],
            600,
        ),
        (
            "no_store_in_a_quoted_string",
            &["Cache-Control: max-age=600, a=\"b, no-store\""],
            600,
        ),
        (
            "pragma",
            &["Cache-Control: max-age=600", "Pragma: no-cache"],
            0,
        ),
        (
            "pragma_with_expires",
            &[DATE, EXPIRES, "Pragma: No-Cache"],
            0,
        ),
        (
            "another_pragma",
            &["Cache-Control: max-age=600", "Pragma: public"],
            600,
        ),
    ])
}

/// `Last-Modified`, if there is nothing else: [RFC 9111 § 4.2.2].
///
/// [RFC 9111 § 4.2.2]: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2
fn heuristic() -> Vec<Case> {
    let mut cases = table(&[
        ("modified_ten_minutes_ago", &[DATE, MODIFIED], 60),
        (
            "modified_in_the_older_format",
            &[DATE, "Last-Modified: Monday, 01-Jan-24 00:00:00 GMT"],
            60,
        ),
        (
            "modified_now",
            &[DATE, "Last-Modified: Mon, 01 Jan 2024 00:10:00 GMT"],
            0,
        ),
        (
            "modified_later",
            &[DATE, "Last-Modified: Mon, 01 Jan 2024 00:20:00 GMT"],
            0,
        ),
        (
            "modified_at_no_date",
            &[DATE, "Last-Modified: yesterday"],
            0,
        ),
        ("modified_twice", &[DATE, MODIFIED, MODIFIED], 0),
        (
            "modified_and_private",
            &[DATE, MODIFIED, "Cache-Control: private"],
            60,
        ),
        // Chromium does not use it.
        (
            "modified_and_must_revalidate",
            &[DATE, MODIFIED, "Cache-Control: must-revalidate"],
            60,
        ),
        (
            "modified_and_stale_while_revalidate",
            &[DATE, MODIFIED, "Cache-Control: stale-while-revalidate=600"],
            660,
        ),
        ("modified_and_old", &[DATE, MODIFIED, "Age: 60"], 0),
        ("an_entity_tag_alone", &["ETag: \"a\""], 0),
        ("public_alone", &["Cache-Control: public"], 0),
        ("immutable_alone", &["Cache-Control: immutable"], 0),
    ]);
    // A tenth of the years since then.
    let long_ago = refused("modified_years_ago", 200, &[MODIFIED_IN_2018]);
    cases.push(long_ago.wait(1_000_000).fetch("GET", &[]).gets("Stored"));
    let far = refused(
        "expires_in_years",
        200,
        &["Expires: Fri, 31 Dec 9999 23:59:59 GMT"],
    );
    cases.push(far.wait(1_000_000).fetch("GET", &[]).gets("Stored"));
    cases
}

/// By status: [RFC 9110 § 15.1].
///
/// [RFC 9110 § 15.1]: https://www.rfc-editor.org/rfc/rfc9110#section-15.1
fn statuses() -> Vec<Case> {
    let all = [
        200, 201, 203, 204, 206, 300, 301, 302, 303, 307, 308, 400, 403, 404, 405, 410, 414, 500,
        501, 503,
    ];
    let cases = all.into_iter().flat_map(|status| {
        let (bare, modified) = match status {
            // Chromium and WebKit keep these without a limit.
            300 | 301 | 308 | 410 => (LIMITLESS, LIMITLESS),
            200 | 203 | 204 | 206 | 404 | 405 | 414 | 501 => (0, 60),
            _ => (0, 0),
        };
        let name = |what: &str| format!("status_{status}_{what}");
        let dated: &[&str] = &[DATE, MODIFIED];
        let public: &[&str] = &[DATE, MODIFIED, "Cache-Control: public"];
        [
            used(&name("alone"), status, &[], bare),
            used(&name("modified"), status, dated, modified),
            used(&name("modified_and_public"), status, public, bare.max(60)),
            used(
                &name("with_max_age"),
                status,
                &["Cache-Control: max-age=600"],
                600,
            ),
            used(
                &name("with_max_age_zero"),
                status,
                &["Cache-Control: max-age=0"],
                0,
            ),
            used(
                &name("expired"),
                status,
                &["Expires: Thu, 01 Jan 1970 00:00:00 GMT"],
                0,
            ),
        ]
    });
    cases.collect()
}

/// A part is used for requests for the same part.
fn part() -> Case {
    const PART: &[&str] = &["Range: bytes=0-9"];

    case("a_part_is_used_for_the_same_part")
        .page(STRANGER)
        .response(
            206,
            &["Cache-Control: max-age=600", "Content-Range: bytes 0-9/90"],
        )
        .fetch("GET", PART)
        .gets("Origin")
        .page("https://shop.test")
        .granted(&[])
        .fetch("GET", PART)
        .gets("Stored")
        .fetch("GET", &[])
        .gets("200")
        .fetch("GET", &["Range: bytes=10-"])
        .gets("200")
}

/// A redirect is stored like any other response.
fn redirect() -> Case {
    case("a_stored_redirect_is_used")
        .page(STRANGER)
        .at(API, 301, &["Location: /next"])
        .fetch("GET", &[])
        .gets("Origin")
        .page("https://shop.test")
        .redirect(API, 301, "/next")
        .fetch("GET", &[])
        .gets("Stored")
}
