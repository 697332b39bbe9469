//! `within`: what of a policy is beyond the most that a service accepts.

mod golden;
mod origins;
mod suggestions;

use proc_macro2::TokenStream;

use super::{draw, file, is_fault};
use crate::call::Call;
use crate::check::Ceiling;
use crate::finding::Finding;
use crate::policy::Policy;
use crate::report::Report;
use crate::rules::{self, Example};
use crate::source::{File, Source};

/// The object of a `within`, everything that is found in it, and the ceiling.
fn ceiling(members: &str) -> (Source, Vec<Finding>, Option<Ceiling>) {
    let call = format!("cors_runtime, \"krakend.json\", within({{ {members} }})");
    let Ok(call) = Call::read(call.parse().unwrap()) else {
        panic!("{members}");
    };
    let mut report = Report::default();
    let object = call.levels.within.unwrap();
    let (source, ceiling) = crate::check_object(&object, crate::check_ceiling, &mut report);
    (source, report.into_findings(), ceiling)
}

/// A ceiling without a mistake.
fn right(members: &str) -> Ceiling {
    let (_, found, ceiling) = ceiling(members);
    assert!(found.is_empty(), "{members}: {found:?}");
    ceiling.unwrap()
}

/// A file with these members in its CORS object under a ceiling.
fn compared(members: &str, ceiling: &Ceiling) -> (Source, Vec<Finding>, Option<Policy>) {
    let source = Source::file(File::named("krakend.json"), file(members));
    let mut report = Report::default();
    let policy = crate::check_source(&source, Some(ceiling), &mut report);
    (source, report.into_findings(), policy)
}

fn beyond(members: &str, ceiling: &Ceiling) -> Vec<Finding> {
    let mut found = compared(members, ceiling).1;
    found.retain(|finding| *finding.rule == rules::BEYOND_CEILING);
    found
}

/// A case: its name, the members of a file, those of the ceiling, and what the messages call what is beyond.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Origins.
    ("no limit", r#""allow_origins": ["*"], "allow_credentials": true"#, "", &[]),
    ("the same origin", r#""allow_origins": ["https://a.test"]"#, r#""allow_origins": ["https://a.test"]"#, &[]),
    ("an origin in another case", r#""allow_origins": ["https://A.test"]"#, r#""allow_origins": ["HTTPS://a.test"]"#, &[]),
    ("another origin", r#""allow_origins": ["https://a.test", "https://b.test"]"#, r#""allow_origins": ["https://a.test"]"#, &[r#""https://b.test" is"#]),
    ("every entry is one message", r#""allow_origins": ["https://b.test", "https://a.test", "https://c.test"]"#, r#""allow_origins": ["https://a.test"]"#, &[r#""https://b.test" is"#, r#""https://c.test" is"#]),
    ("an origin that a pattern matches", r#""allow_origins": ["https://b.a.test", "http://localhost:3000"]"#, r#""allow_origins": ["https://*.a.test", "http://localhost:*"]"#, &[]),
    ("the host above a pattern", r#""allow_origins": ["https://a.test"]"#, r#""allow_origins": ["https://*.a.test"]"#, &[r#""https://a.test" is"#]),
    ("another scheme", r#""allow_origins": ["http://b.a.test"]"#, r#""allow_origins": ["https://*.a.test"]"#, &[r#""http://b.a.test" is"#]),
    ("another port", r#""allow_origins": ["https://b.a.test:8443"]"#, r#""allow_origins": ["https://*.a.test"]"#, &[r#""https://b.a.test:8443" is"#]),
    ("the same pattern", r#""allow_origins": ["https://*.a.test"]"#, r#""allow_origins": ["https://*.a.test"]"#, &[]),
    ("a narrower pattern", r#""allow_origins": ["https://b-*.c.a.test", "http://localhost:3*"]"#, r#""allow_origins": ["https://*.a.test", "http://localhost:*"]"#, &[]),
    ("a wider pattern", r#""allow_origins": ["https://*.test"]"#, r#""allow_origins": ["https://*.a.test"]"#, &[r#""https://*.test" is"#]),
    ("a pattern for an origin", r#""allow_origins": ["https://*.a.test"]"#, r#""allow_origins": ["https://b.a.test"]"#, &[r#""https://*.a.test" is"#]),
    ("a pattern that leaves the scheme open", r#""allow_origins": ["*.a.test"]"#, r#""allow_origins": ["https://*.a.test", "http://*.a.test"]"#, &[r#""*.a.test" is"#]),
    ("the same that leaves it open", r#""allow_origins": ["https://*.a.test"]"#, r#""allow_origins": ["*.a.test"]"#, &[]),
    ("`*`", r#""allow_origins": ["*"]"#, r#""allow_origins": ["https://*"]"#, &[r#""*" is"#]),
    ("`*` by `*`", r#""allow_origins": ["*"]"#, r#""allow_origins": ["*"]"#, &[]),
    ("everything by `*`", r#""allow_origins": ["https://*", "null", "file://"]"#, r#""allow_origins": ["*"]"#, &[]),
    ("`null`", r#""allow_origins": ["null", "https://a.test"]"#, r#""allow_origins": ["https://a.test"]"#, &[r#""null" is"#]),
    ("`null` by itself", r#""allow_origins": ["null", "https://a.test"]"#, r#""allow_origins": ["https://a.test", "null"]"#, &[]),
    ("a pattern that matches `null`", r#""allow_origins": ["*l"]"#, r#""allow_origins": ["*l"]"#, &[]),
    ("no origins", r#""allow_methods": ["GET"]"#, r#""allow_origins": ["https://a.test"]"#, &["every origin is"]),
    ("no origins by `*`", r#""allow_methods": ["GET"]"#, r#""allow_origins": ["*"]"#, &[]),
    ("an empty list of origins", r#""allow_origins": []"#, r#""allow_origins": ["https://a.test"]"#, &["every origin is"]),
    ("an entry with another mistake", r#""allow_origins": ["https://b.test/", "https://a.test"]"#, r#""allow_origins": ["https://a.test"]"#, &[]),
    ("a misspelt key", r#""allow_origin": ["https://b.test"]"#, r#""allow_origins": ["https://a.test"]"#, &[r#""https://b.test" is"#]),
    ("a list that is a text", r#""allow_origins": "https://b.test""#, r#""allow_origins": ["https://a.test"]"#, &[r#""https://b.test" is"#]),
    ("a list that is none", r#""allow_origins": 1"#, r#""allow_origins": ["https://a.test"]"#, &[]),
    ("a list of numbers", r#""allow_origins": [1]"#, r#""allow_origins": ["https://a.test"]"#, &[]),
    ("an escape", r#""allow_origins": ["https://\u0062.test"]"#, r#""allow_origins": ["https://a.test"]"#, &[r#""https://b.test" is"#]),
    // Methods.
    ("methods", r#""allow_methods": ["GET", "PUT", "DELETE"]"#, r#""allow_methods": ["PUT", "GET"]"#, &[r#""DELETE" is"#]),
    ("OPTIONS, which always passes", r#""allow_methods": ["GET", "OPTIONS"]"#, r#""allow_methods": ["GET"]"#, &[]),
    ("a method in lower case, which is another", r#""allow_methods": ["GET", "propfind"]"#, r#""allow_methods": ["GET", "PROPFIND"]"#, &[r#""propfind" is"#]),
    ("a method with a mistake of its own", r#""allow_methods": ["GET", "put"]"#, r#""allow_methods": ["GET"]"#, &[]),
    ("no methods", "", r#""allow_methods": ["GET", "PUT"]"#, &["`HEAD` and `POST` are"]),
    ("no methods, and one is lacking", "", r#""allow_methods": ["GET", "HEAD"]"#, &["`POST` is"]),
    ("no methods, and no more are needed", "", r#""allow_methods": ["POST", "HEAD", "GET"]"#, &[]),
    ("an empty list of methods", r#""allow_methods": []"#, r#""allow_methods": ["GET", "HEAD"]"#, &["`POST` is"]),
    // Request headers.
    ("headers in any case", r#""allow_headers": ["x-a", "X-B"]"#, r#""allow_headers": ["X-A"]"#, &[r#""X-B" is"#]),
    ("any header", r#""allow_headers": ["*", "Authorization"]"#, r#""allow_headers": ["Authorization"]"#, &[r#""*" is"#]),
    ("any header by `*`", r#""allow_headers": ["*"]"#, r#""allow_headers": ["*", "Authorization"]"#, &[]),
    ("no headers, which is any", r#""allow_methods": ["GET"]"#, r#""allow_headers": ["X-A"]"#, &["every request header is"]),
    ("an empty list of headers", r#""allow_headers": []"#, r#""allow_headers": ["X-A"]"#, &["every request header is"]),
    ("a malformed header", r#""allow_headers": ["X-A, X-B"]"#, r#""allow_headers": ["X-A"]"#, &[]),
    // Response headers.
    ("exposed headers", r#""expose_headers": ["ETag", "X-B"]"#, r#""expose_headers": ["etag"]"#, &[r#""X-B" is"#]),
    ("every exposed header", r#""expose_headers": ["*"]"#, r#""expose_headers": ["ETag"]"#, &[r#""*" is"#]),
    ("exposed headers by `*`", r#""expose_headers": ["*", "ETag"]"#, r#""expose_headers": ["*"], "allow_credentials": true"#, &[]),
    ("no exposed header is accepted", r#""expose_headers": ["ETag"]"#, r#""expose_headers": []"#, &[r#""ETag" is"#]),
    ("no exposed headers", r#""expose_headers": []"#, r#""expose_headers": []"#, &[]),
    // Switches.
    ("credentials", r#""allow_credentials": true"#, r#""allow_credentials": false"#, &["`allow_credentials` is"]),
    ("credentials that are accepted", r#""allow_credentials": true"#, r#""allow_credentials": true"#, &[]),
    ("credentials that are not limited", r#""allow_credentials": true"#, r#""allow_methods": ["GET", "HEAD", "POST"]"#, &[]),
    ("no credentials", r#""allow_credentials": false"#, r#""allow_credentials": false"#, &[]),
    ("private network", r#""allow_private_network": true"#, r#""allow_private_network": false"#, &["`allow_private_network` is"]),
    ("no private network", "", r#""allow_private_network": false"#, &[]),
    // The cache.
    ("a longer time", r#""max_age": "2h""#, r#""max_age": "10m""#, &[r#""2h" for `max_age` is"#]),
    ("as long a time", r#""max_age": "600s""#, r#""max_age": "10m""#, &[]),
    ("no time is shorter", "", r#""max_age": "10m""#, &[]),
    ("no time is longer than none", "", r#""max_age": "-1s""#, &[r#""5s", which browsers take without `max_age`, is"#]),
    ("a time of zero is none", r#""max_age": "0s""#, r#""max_age": "4s""#, &[r#""0s" for `max_age` is"#]),
    ("no cache", r#""max_age": "-1s""#, r#""max_age": "-1s""#, &[]),
    ("a time with a mistake of its own", r#""max_age": "600""#, r#""max_age": "1m""#, &[]),
];

#[test]
fn what_is_beyond_a_ceiling() {
    let mut complaints = Vec::new();
    for (name, members, accepted, expected) in CASES {
        let found = beyond(members, &right(accepted));
        let titles: Vec<String> = found.iter().map(Finding::title).collect();
        let expected: Vec<String> = expected
            .iter()
            .map(|what| format!("{what} beyond what this service accepts"))
            .collect();
        if titles != expected {
            complaints.push(format!("{name}: {titles:?}"));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Members of a ceiling, and what is said of them.
#[rustfmt::skip]
const MISTAKES: &[(&str, &[&str])] = &[
    // Nothing is said of how much it allows, of what it lacks and of what it has twice.
    (r#""allow_origins": ["https://*", "null", "https://*.com", "http://b.test", "HTTP*"], "allow_credentials": true"#, &[]),
    (r#""allow_origins": ["*", "https://a.test"], "allow_headers": ["*", "X-A"], "allow_private_network": true"#, &[]),
    (r#""allow_methods": ["GET", "GET", "TRACE", "OPTIONS"], "max_age": "48h""#, &[]),
    (r#""@comment": "of the team", "expose_headers": []"#, &[]),
    // What never matches.
    (r#""allow_origins": ["https://a.test/", "b.test"]"#, &["origin_with_path", "origin_without_scheme"]),
    (r#""allow_origins": ["https://a.test:443"], "allow_methods": ["get"]"#, &["default_port", "method_not_upper_case"]),
    (r#""allow_headers": ["X-*", "X-A"]"#, &["star_inside_header_name"]),
    (r#""allow_headers": ["all"]"#, &["not_every_header"]),
    (r#""max_age": "600""#, &["malformed_max_age"]),
    // What is no limit.
    (r#""allow_origin": ["https://a.test"]"#, &["unknown_key"]),
    (r#""allow_credentials": "true""#, &["wrong_type"]),
    (r#""debug": false, "options_passthrough": false, "options_success_status": 204"#, &["not_limited", "not_limited", "not_limited"]),
    (r#""timeout": "3s", "frobnicate": 1"#, &["not_limited", "not_limited"]),
    (r#""allow_origins": [], "allow_methods": [], "allow_headers": []"#, &["empty_limit", "empty_limit", "empty_limit"]),
    (r#""allow_origins": ["https://a.test"], "allow_origins": ["https://b.test"]"#, &["duplicate_key"]),
    // What is not JSON, and what is more than the object.
    (r#""allow_methods": [Method::GET]"#, &["not_json"]),
    (r#"LIMITS"#, &["not_json"]),
    (r#""extra_config": { "security/cors": { "allow_origins": ["https://a.test"] } }"#, &["no_cors_section"]),
];

#[test]
fn mistakes_in_a_ceiling() {
    for (members, expected) in MISTAKES {
        let (source, found, _) = ceiling(members);
        assert_eq!(super::names(&found), *expected, "{members}");
        for finding in &found {
            let drawn = draw(finding, &source);
            assert!(!drawn.contains("to accept it"), "{drawn}");
        }
    }
}

/// What a call becomes, as text.
fn expansion(arguments: &str) -> String {
    let call: TokenStream = format!("cors_runtime, {arguments}").parse().unwrap();
    let call = Call::read(call).unwrap_or_else(|misuse| panic!("{}", misuse.mistakes));
    crate::compile(&call, |_| None).to_string()
}

/// The first lines of the errors in an expansion.
fn errors(expansion: &str) -> Vec<String> {
    let errors = expansion.split("compile_error ! (").skip(1);
    errors
        .map(|error| error.split("\\n").next().unwrap().replace('\\', ""))
        .collect()
}

#[test]
fn every_form_of_a_call_has_a_ceiling() {
    let object = r#"{ "allow_origins": ["https://a.test"], "allow_headers": ["X-A"] }"#;
    let golden = r#"concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/headers/beside_star.json")"#;
    let accepted = r#"within({ "allow_origins": ["https://a.test"], "max_age": "10m", },)"#;
    let refused = r#"within({ "allow_origins": ["https://b.test"] })"#;
    let beyond = "\"\"https://a.test\" is beyond what this service accepts";
    for (arguments, expected) in [
        (format!("{object}, {accepted}"), &[][..]),
        (format!("{object}, {accepted}, allow(hints)"), &[]),
        (format!("{object}, allow(hints), {accepted},"), &[]),
        (format!("{object}, {refused}"), &[beyond]),
        (
            format!("{object}, deny(hints), {refused}, allow(hints)"),
            &[beyond],
        ),
    ] {
        assert_eq!(errors(&expansion(&arguments)), expected, "{arguments}");
    }
    // Nothing of a ceiling is left in the program.
    let without = expansion(object);
    assert_eq!(expansion(&format!("{object}, {accepted}")), without);
    // With a mistake in it nothing is compared, and nothing is compiled.
    let wrong = r#"within({ "allow_origins": ["https://b.test/", "https://c.test"] })"#;
    let errors_of_wrong = errors(&expansion(&format!("{object}, {wrong}")));
    assert!(
        errors_of_wrong.len() == 1 && errors_of_wrong[0].contains("has a path"),
        "{errors_of_wrong:?}"
    );
    let of_file = errors(&expansion(&format!("{golden}, {refused}")));
    assert!(
        !of_file.is_empty() && of_file.iter().all(|one| one.contains(".json:")),
        "{of_file:?}"
    );
}

/// The call that accepts something has its ceiling still.
#[test]
fn the_call_that_accepts_a_finding_keeps_the_ceiling() {
    let call = r#""krakend.json", allow(debug_on), within({ "allow_origins": ["null"] })"#;
    let Ok(call) = Call::read(format!("cors_runtime, {call}").parse().unwrap()) else {
        panic!("the call is right");
    };
    let (source, found, _) = compared(r#""allow_origins": ["null"]"#, &right(""));
    let null = found
        .iter()
        .find(|f| *f.rule == rules::NULL_ORIGIN)
        .unwrap();
    let drawn = crate::draw::draw(null, &source, &call.levels);
    let accepting = r#"cors_policy!("krakend.json", within({ … }), allow(debug_on, null_origin))"#;
    assert!(drawn.contains(accepting), "{drawn}");
}

#[test]
fn examples_show_their_rules() {
    for rule in rules::CEILING {
        let Example::Call(call) = rule.example else {
            panic!("{}: a call", rule.name);
        };
        let arguments = call.strip_prefix("cors_policy!(").unwrap();
        let expansion = expansion(arguments.strip_suffix(')').unwrap());
        assert_eq!(errors(&expansion).len(), 1, "{}: {expansion}", rule.name);
        assert!(
            expansion.contains(&format!("`{}`", rule.name)),
            "{expansion}"
        );
    }
}

/// What the compiler shows of a file under a ceiling, hints left out.
const DRAWN: &[(&str, &str, &str)] = &[
    (
        r#""allow_origins": ["https://app.example.com", "https://partner.example.net"],
      "allow_headers": ["X-A"]"#,
        r#""allow_origins": ["https://*.example.com", "http://localhost:*"]"#,
        r#"
krakend.json:5:52: "https://partner.example.net" is beyond what this service accepts
 --> krakend.json:5:52
  |
5 |       "allow_origins": ["https://app.example.com", "https://partner.example.net"],
  |                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not accepted
  |
  = note: `beyond_ceiling`: `within` is the most that this service accepts. A policy that allows more does not compile
  = note: in `allow_origins`, `within` accepts "https://*.example.com", "http://localhost:*"
  = help: remove it, or accept it: add "https://partner.example.net" to `allow_origins` in `within`
"#,
    ),
    (
        r#""allow_origins": ["https://*.example.org"], "allow_headers": ["X-A"]"#,
        r#""allow_origins": ["https://a.test", "https://b.test", "https://c.test", "https://d.test"]"#,
        r#"
krakend.json:5:25: "https://*.example.org" is beyond what this service accepts
 --> krakend.json:5:25
  |
5 |       "allow_origins": ["https://*.example.org"],
  |                         ^^^^^^^^^^^^^^^^^^^^^^^ not accepted
  |
  = note: `beyond_ceiling`: `within` is the most that this service accepts. A policy that allows more does not compile
  = note: in `allow_origins`, `within` accepts "https://a.test", "https://b.test", "https://c.test", "https://d.test"
  = note: an entry of `within` must match every origin that a pattern does
  = help: replace it, or accept it: add "https://*.example.org" to `allow_origins` in `within`
"#,
    ),
    (
        r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "allow_credentials": true"#,
        r#""allow_methods": ["GET"], "allow_credentials": false"#,
        r#"
krakend.json:4:22: `HEAD` and `POST` are beyond what this service accepts
 --> krakend.json:4:22
  |
4 |     "security/cors": {
  |                      ^ there is no `allow_methods` in here
  |
  = note: `beyond_ceiling`: `within` is the most that this service accepts. A policy that allows more does not compile
  = note: in `allow_methods`, `within` accepts "GET"
  = help: list in `allow_methods` what is needed, or accept it: add "HEAD" and "POST" to `allow_methods` in `within`

krakend.json:7:7: `allow_credentials` is beyond what this service accepts
 --> krakend.json:7:7
  |
7 |       "allow_credentials": true
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^ not accepted
  |
  = note: `beyond_ceiling`: `within` is the most that this service accepts. A policy that allows more does not compile
  = note: `within` has `"allow_credentials": false`
  = help: remove it, or accept it: write `"allow_credentials": true` in `within`
"#,
    ),
    (
        r#""allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "max_age": "2h""#,
        r#""max_age": "10m""#,
        r#"
krakend.json:7:18: "2h" for `max_age` is beyond what this service accepts
 --> krakend.json:7:18
  |
7 |       "max_age": "2h"
  |                  ^^^^ too long
  |
  = note: `beyond_ceiling`: `within` is the most that this service accepts. A policy that allows more does not compile
  = note: `within` accepts at most "10m"
  = help: write "10m" or less, or accept it: write `"max_age": "2h"` in `within`
"#,
    ),
];

#[test]
fn drawings() {
    for (members, accepted, expected) in DRAWN {
        let (source, mut found, _) = compared(members, &right(accepted));
        found.retain(is_fault);
        let drawn: Vec<String> = found.iter().map(|finding| draw(finding, &source)).collect();
        let drawn = drawn.join("\n\n");
        assert_eq!(drawn, expected.trim_matches('\n'));
    }
}
