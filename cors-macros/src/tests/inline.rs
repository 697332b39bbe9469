//! Rust where JSON is expected: one message at each, and a text only where it is certain.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use super::{check_policy, findings_inline, is_fault, tries};
use crate::finding::{Finding, Help};
use crate::report::Report;
use crate::tests::draw;

/// A case: its name, the members of the object, with the Rust in it between `«` and `»`, and what the message
/// says to do.
pub(super) type Case = (&'static str, &'static str, &'static str);

const TEXT: &str = "write the text itself, in double quotation marks";
const VALUE: &str = "write the value itself, as JSON";
const CHOOSE: &str =
    "choose between calls: `if cfg!(…) { cors_policy!({ … }) } else { cors_policy!({ … }) }`";
const DURATION: &str = "write the duration itself, such as \"10m\"";
const COMMENT: &str = "write `//`: Rust drops such a comment before the macro sees it";

#[rustfmt::skip]
pub(super) const CASES: &[Case] = &[
    // Constants of the crate `http`.
    ("a method", r#""allow_methods": ["GET", «Method::PUT»]"#, r#"write "PUT""#),
    ("a method by its path", r#""allow_methods": [«http::Method::GET»]"#, r#"write "GET""#),
    ("a method that is listed", r#""allow_methods": ["PUT", «Method::PUT»]"#, TEXT),
    ("a method before the same", r#""allow_methods": [«Method::PUT», "PUT"]"#, TEXT),
    ("a method that no script sends", r#""allow_methods": [«Method::TRACE»]"#, TEXT),
    ("a method for an origin", r#""allow_origins": [«Method::GET»]"#, TEXT),
    ("a method of another crate", r#""allow_methods": [«rocket::Method::Get»]"#, TEXT),
    ("a method as text", r#""allow_methods": [«Method::GET.as_str()»]"#, TEXT),
    ("a method for a list", r#""allow_methods": «Method::GET»"#, VALUE),
    ("a header", r#""allow_headers": [«header::CONTENT_TYPE»]"#, r#"write "Content-Type""#),
    ("a header by its path", r#""expose_headers": [«http::header::ETAG»]"#, r#"write "ETag""#),
    ("a header that only browsers set", r#""allow_headers": [«header::COOKIE»]"#, TEXT),
    ("a header that is imported", r#""allow_headers": [«CONTENT_TYPE»]"#, TEXT),
    ("a header without a constant", r#""allow_headers": [«header::X_A»]"#, TEXT),
    ("a header from text", r#""allow_headers": [«HeaderName::from_static("x-a")»]"#, TEXT),
    // Durations.
    ("two hours", r#""max_age": «2h»"#, r#"write "2h""#),
    ("an hour and a half", r#""max_age": «1h30m»"#, r#"write "1h30m""#),
    ("milliseconds", r#""max_age": «60_000ms»"#, r#"write "60000ms""#),
    ("half an hour", r#""max_age": «0.5h»"#, r#"write "0.5h""#),
    ("two days, which no browser caches", r#""max_age": «48h»"#, DURATION),
    ("an unknown unit", r#""max_age": «10min»"#, DURATION),
    ("nothing", r#""max_age": «0s»"#, DURATION),
    ("less than nothing", r#""max_age": «-2h»"#, DURATION),
    ("an integer of a type", r#""max_age": «600u64»"#, DURATION),
    ("a duration of the library", r#""max_age": «Duration::from_secs(600)»"#, DURATION),
    ("an option", r#""max_age": «Some("10m")»"#, DURATION),
    ("a unit where no duration is", r#""options_success_status": «204h»"#, VALUE),
    // Names, calls and macros.
    ("a constant", r#""allow_origins": [«APP»]"#, TEXT),
    ("a constant among origins", r#""allow_origins": ["https://b.test", «crate::APP», "https://c.test"]"#, TEXT),
    ("a constant for a list", r#""allow_origins": «ORIGINS»"#, VALUE),
    ("a variable", r#""allow_origins": [«env!("APP")»]"#, TEXT),
    ("joined texts", r#""allow_origins": [«concat!("https://", "a.test")»]"#, TEXT),
    ("a vector", r#""allow_origins": «vec!["https://a.test"]»"#, VALUE),
    ("a slice", r#""allow_origins": «&["https://a.test"]»"#, VALUE),
    ("a reference", r#""allow_origins": [«&"https://a.test"»]"#, TEXT),
    ("an owned text", r#""allow_origins": [«"https://a.test".to_string()»]"#, TEXT),
    ("a sum", r#""allow_origins": [«"https://" + "a.test"»]"#, TEXT),
    ("a host", r#""allow_origins": [«app.example.com»]"#, TEXT),
    ("a wildcard", r#""allow_headers": [«*»]"#, TEXT),
    ("a text in parentheses", r#""allow_origins": [«("https://a.test")»]"#, TEXT),
    ("a condition", r#""allow_origins": «if cfg!(debug_assertions) { ["*"] } else { [] }»"#, CHOOSE),
    ("a switch of the build", r#""debug": «cfg!(debug_assertions)»"#, CHOOSE),
    ("a switch of a value", r#""debug": «match MODE { _ => true }»"#, CHOOSE),
    ("a condition of two", r#""allow_credentials": «true && false»"#, VALUE),
    ("the opposite", r#""allow_credentials": «!true»"#, VALUE),
    ("True", r#""allow_credentials": «True»"#, VALUE),
    ("None", r#""max_age": «None»"#, DURATION),
    ("an item of a list", r#""allow_origins": [«ORIGINS[0]»]"#, TEXT),
    // Literals.
    ("a character", r#""expose_headers": [«'*'»]"#, r#"write "*""#),
    ("a byte string", r#""allow_origins": [«b"https://a.test"»]"#, r#"write "https://a.test""#),
    ("a wrong origin as a byte string", r#""allow_origins": [«b"https://a.test/"»]"#, TEXT),
    ("a C string", r#""allow_headers": [«c"X-A"»]"#, r#"write "X-A""#),
    ("a byte", r#""allow_headers": [«b'X'»]"#, TEXT),
    ("an integer with its type", r#""options_success_status": «204_u16»"#, "write 204"),
    ("an integer with an underscore", r#""options_success_status": «2_04»"#, "write 204"),
    ("an integer in hexadecimal", r#""options_success_status": «0xCC»"#, "write 204"),
    ("zeros in front", r#""options_success_status": «0204»"#, "write 204"),
    ("a fraction without digits", r#""options_success_status": «204.»"#, "write 204"),
    ("a status that is none", r#""options_success_status": «302u16»"#, VALUE),
    ("an integer for a switch", r#""debug": «1u8»"#, VALUE),
    ("a text with a suffix", r#""allow_origins": [«"https://a.test"x»]"#, r#"write "https://a.test""#),
    // Keys, and what has none.
    ("a bare key", r#"«allow_methods»: ["GET"]"#, r#"write "allow_methods""#),
    ("a raw key", r#"«r#debug»: false"#, r#"write "debug""#),
    ("a key with a suffix", r#"«"debug"x»: false"#, r#"write "debug""#),
    ("a key that is computed", r#"«concat!("de", "bug")»: false"#, "write the key itself, in double quotation marks"),
    ("the rest of another", r#""debug": false, «..Default::default()»"#, "remove it: a setting that is missing has its default"),
    ("a name in the object", r#""debug": false, «OTHERS»"#, "write a key in double quotation marks, `:` and a value"),
    // Comments and attributes.
    ("a doc comment", "«/// our app\n»\"debug\": false", COMMENT),
    ("lines of a doc comment", "«/// our\n/// app\n»\"debug\": false", COMMENT),
    ("a doc comment in a list", "\"allow_origins\": [«/** our app */» \"https://a.test\"]", COMMENT),
    ("a doc comment at the end", "\"debug\": false, «//! the end\n»", COMMENT),
    ("an attribute", r#"«#[allow(unused)]» "debug": false"#, "remove it"),
    ("a condition before a key", r#"«#[cfg(debug_assertions)]» "debug": false"#, CHOOSE),
    // What the parser of JSON explains.
    ("a comma is missing", r#""allow_methods": [«"GET"» "PUT"]"#, r#"write "GET","#),
    ("an equals sign", r#""debug" «=» false"#, "write `:`"),
    ("an arrow", r#""debug" «=>» false"#, "write `:`"),
    ("a semicolon", r#""debug": false«;» "max_age": "10m""#, "write `,`"),
];

/// Right in Rust and in JSON.
const RIGHT: &[&str] = &[
    r#""max_age": "2h""#,
    r##""allow_origins": [r"https://a.test", r#"https://b.test"#]"##,
    "\"debug\": false, // our app\n",
    r#""options_success_status": 204,"#,
    r#""allow_methods": ["GET",], "@note": [-1.5e3, null, true, { "a": {} },]"#,
    r#""@note": -1"#,
];

/// The object of a case, with what it need not say.
pub(super) fn object(members: &str) -> String {
    let mut object = String::new();
    for (key, value) in [
        ("allow_origins", "https://a.test"),
        ("allow_headers", "X-A"),
    ] {
        if !members.contains(key) {
            object += &format!("\"{key}\": [\"{value}\"], ");
        }
    }
    format!("{{ {object}{members} }}")
}

fn faults(object: &str) -> Vec<(Finding, String)> {
    let (source, mut found) = findings_inline(object);
    found.retain(is_fault);
    let drawn = |finding: Finding| {
        let drawn = draw(&finding, &source);
        (finding, drawn)
    };
    found.into_iter().map(drawn).collect()
}

#[test]
fn one_message_and_no_guess() {
    let mut complaints = Vec::new();
    for (name, members, expected) in CASES {
        let (before, rest) = members.split_once('«').unwrap();
        let (_, after) = rest.split_once('»').unwrap();
        let found = faults(&object(&members.replace(['«', '»'], "")));
        let helps: Vec<&str> = found
            .iter()
            .map(|(_, drawn)| drawn.rsplit_once("= help: ").unwrap().1)
            .collect();
        if helps != [*expected] {
            let drawn: Vec<&str> = found.iter().map(|(_, drawn)| drawn.as_str()).collect();
            complaints.push(format!("{name}: {}", drawn.join("\n")));
            continue;
        }
        println!("{name}: {}", found[0].1.lines().next().unwrap());
        if let Help::Write(_, text) = &found[0].0.help {
            let left = faults(&object(&format!("{before}{text}{after}")));
            if !left.is_empty() {
                complaints.push(format!("{name}: after it, {}", left[0].1));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn what_is_right_in_both_is_right() {
    for members in RIGHT {
        let found = faults(&object(members));
        let drawn: Vec<&str> = found.iter().map(|(_, drawn)| drawn.as_str()).collect();
        assert!(drawn.is_empty(), "{members}: {}", drawn.join("\n"));
    }
}

/// A configuration without a section has nothing that could be checked.
#[test]
fn a_configuration_without_a_section() {
    let cases = [
        (
            r#"{ "version": 3, "extra_config": { "router": {} } }"#,
            "no_cors_section",
        ),
        (
            r#"{ "version": 3, "extra_config": [], "endpoints": [] }"#,
            "no_cors_section",
        ),
        (
            r#"{ "version": 3, "extra_config": { "security/cors": [] } }"#,
            "no_cors_section",
        ),
        // Beside settings, the key is one that has no meaning there.
        (
            r#"{ "allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "extra_config": {} }"#,
            "unrelated_key",
        ),
    ];
    for (object, expected) in cases {
        let found = faults(object);
        let names: Vec<&str> = found.iter().map(|(finding, _)| finding.rule.name).collect();
        assert_eq!(names, [expected], "{object}");
    }
}

/// The object of a section, with what is around it in a file, is told so; its mistakes are reported too.
#[test]
fn more_than_the_object() {
    let section = r#"{ "allow_origins": ["https://a.test"], "allow_headers": ["X-A"], }"#;
    let cases = [
        format!(r#"{{ "version": 3, "extra_config": {{ "security/cors": {section} }} }}"#),
        format!(r#"{{ "security/cors": {section} }}"#),
        format!(r#"{{ "github_com/devopsfaith/krakend-cors": {section}, }}"#),
        format!(r#"{{ "extra_config": {{ "router": {{}}, "security/cors": {section} }} }}"#),
    ];
    for object in cases {
        let found = faults(&object);
        let names: Vec<&str> = found.iter().map(|(finding, _)| finding.rule.name).collect();
        assert_eq!(names, ["no_cors_section"], "{object}");
        let drawn = &found[0].1;
        assert!(
            drawn.ends_with("write only the CORS object: `{ \"allow_origins\": … }`"),
            "{drawn}"
        );
        let found = faults(&object.replace("a.test", "a.test/"));
        let names: Vec<&str> = found.iter().map(|(finding, _)| finding.rule.name).collect();
        assert_eq!(names, ["no_cors_section", "origin_with_path"], "{object}");
    }
}

/// Elements of `allow_methods`, right ones and such that are not JSON.
const ELEMENTS: &[&str] = &[
    "\"GET\"",
    "\"PUT\"",
    "\"DELETE\"",
    "Method::GET",
    "Method::PUT",
    "http::Method::DELETE",
    "Method::TRACE",
    "b\"PUT\"",
    "\"PATCH\"x",
    "'x'",
    "APP",
    "if a { b } else { c }",
    "-f(1)",
    "204u8",
];

/// All suggestions for a list, taken together, leave only what has words, and what was there before.
#[test]
fn all_suggestions_together_lead_to_nothing() {
    let config = Config {
        cases: tries(500),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let taken = std::cell::Cell::new(0);
    let lists = proptest::collection::vec(select(ELEMENTS), 1..7);
    let outcome = runner.run(&lists, |list| {
        let listed = |list: &[String]| object(&format!("\"allow_methods\": [{}]", list.join(", ")));
        let mut list: Vec<String> = list.into_iter().map(str::to_owned).collect();
        let (of_rust, others): (Vec<_>, Vec<_>) = faults(&listed(&list))
            .into_iter()
            .map(|(finding, _)| finding)
            .partition(|finding| finding.rule.name == "not_json");
        let is_rust = |text: &&mut String| serde_json::from_str::<String>(text).is_err();
        let rust: Vec<&mut String> = list.iter_mut().filter(is_rust).collect();
        prop_assert_eq!(rust.len(), of_rust.len());
        let mut in_words = 0;
        for (element, finding) in rust.into_iter().zip(of_rust) {
            match finding.help {
                Help::Write(_, text) => {
                    *element = text;
                    taken.set(taken.get() + 1);
                }
                _ => in_words += 1,
            }
        }
        let left = faults(&listed(&list));
        let left: Vec<&str> = left.iter().map(|(finding, _)| finding.rule.name).collect();
        let others_left = left.iter().filter(|name| **name != "not_json").count();
        prop_assert_eq!(others_left, others.len(), "{:?} in {:?}", left, list);
        prop_assert_eq!(left.len() - others_left, in_words);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(taken.get() > 200, "only {} are taken", taken.get());
}

/// Nobody wrote the `null` that is laid out for an expression.
#[test]
fn messages_quote_what_is_written() {
    let found = faults(&object(
        r#""debug": cfg!(unix), "debug": false, "x": [A::B, c("d")]"#,
    ));
    let drawn: Vec<&str> = found.iter().map(|(_, drawn)| drawn.as_str()).collect();
    for words in [
        "help: remove \"debug\": cfg!(unix)",
        "help: remove \"x\": [ A::B , c(\"d\") ]",
    ] {
        assert!(drawn.iter().any(|drawn| drawn.contains(words)), "{drawn:?}");
    }
}

/// As many expressions as one likes: each has its message, and its own suggestion or words.
#[test]
fn many_expressions() {
    let methods: Vec<String> = (0..5_000).map(|n| format!("Method::PUT, M{n}")).collect();
    let object = object(&format!(
        r#""allow_methods": [{}], "max_age": 2h, "expose_headers": [header::ETAG, "ETag"]"#,
        methods.join(", ")
    ));
    let start = std::time::Instant::now();
    let (_, found) = findings_inline(&object);
    // Many times what it takes.
    assert!(start.elapsed() < std::time::Duration::from_secs(20));
    assert_eq!(found.len(), 10_002);
    let texts: Vec<&str> = found
        .iter()
        .filter_map(|finding| match &finding.help {
            Help::Write(_, text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    // The method once, and no header that is listed.
    assert_eq!(texts, ["\"PUT\"", "\"2h\""]);
}

/// What a macro hands on as one expression is in a group without delimiters.
#[test]
fn what_another_macro_hands_on() {
    let cases = [
        (r#""https://a.test""#, None),
        ("Method::GET", Some(TEXT)),
        ("-1", Some("write it as a string, or remove it")),
    ];
    for (rust, expected) in cases {
        let inside = Group::new(Delimiter::None, rust.parse().unwrap());
        let handed_on = Group::new(Delimiter::None, TokenTree::from(inside).into());
        let list = Group::new(Delimiter::Bracket, TokenTree::from(handed_on).into());
        let mut members: TokenStream =
            r#""allow_headers": ["X-A"], "allow_origins":"#.parse().unwrap();
        members.extend([TokenTree::from(list)]);
        let mut report = Report::default();
        let object = Group::new(Delimiter::Brace, members);
        let (source, _) = crate::check_object(&object, check_policy, &mut report);
        let mut found = report.into_findings();
        found.retain(is_fault);
        let helps: Vec<String> = found.iter().map(|finding| draw(finding, &source)).collect();
        assert_eq!(helps.len(), usize::from(expected.is_some()), "{helps:?}");
        if let Some(expected) = expected {
            assert!(helps[0].ends_with(expected), "{helps:?}");
        }
    }
}
