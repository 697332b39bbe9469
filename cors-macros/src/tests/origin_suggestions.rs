//! What is suggested for faulty origins.

use serde_json::{Value, json};

use super::faults;
use super::named::names;
use super::suggestions::mended;
use crate::finding::{Finding, Help};

pub(super) fn file(origins: &[&str], credentials: bool) -> String {
    let cors = json!({
        "allow_origins": origins,
        "allow_headers": ["Content-Type"],
        "allow_credentials": credentials,
    });
    json!({ "version": 3, "extra_config": { "security/cors": cors } }).to_string()
}

/// The origins of a file after the suggestion of the first finding, if it is literal.
fn suggested(text: &str) -> Option<Vec<String>> {
    let mended = mended(text, faults(text).first()?)?;
    let document: Value = serde_json::from_str(&mended).unwrap();
    let origins = &document["extra_config"]["security/cors"]["allow_origins"];
    let origins = origins.as_array().unwrap().iter();
    Some(
        origins
            .map(|origin| origin.as_str().unwrap().to_owned())
            .collect(),
    )
}

/// Entry, rule and suggestion, in a list with `https://other.example`; no suggestion means words.
#[rustfmt::skip]
const CASES: &[(&str, &str, &[&str])] = &[
    ("https://*.example.com/*", "origin_with_path", &["https://*.example.com"]),
    ("https://https://example.com", "misspelt_scheme", &["https://example.com"]),
    ("https:///example.com", "malformed_host", &["https://example.com"]),
    ("https;//example.com", "not_one_origin", &["https://example.com"]),
    ("https:/example.com", "origin_without_scheme", &["https://example.com"]),
    ("https:example.com", "origin_without_scheme", &["https://example.com"]),
    ("https//example.com", "origin_without_scheme", &["https://example.com"]),
    ("//example.com", "origin_without_scheme", &["https://example.com"]),
    ("example.com", "origin_without_scheme", &["https://example.com"]),
    ("htps:3000", "origin_without_scheme", &[]),
    ("intranet:8080", "origin_without_scheme", &[]),
    ("our frontend", "not_one_origin", &[]),
    ("https://a.example and others", "not_one_origin", &[]),
    ("localhost:3000", "origin_without_scheme", &["http://localhost:3000"]),
    ("192.168.0.7", "origin_without_scheme", &["http://192.168.0.7"]),
    (".example.com", "origin_without_scheme", &["https://*.example.com"]),
    ("example.com:443", "origin_without_scheme", &["https://example.com"]),
    ("example.com:80", "origin_without_scheme", &["http://example.com"]),
    ("https://a.example;https://b.example", "not_one_origin", &["https://a.example", "https://b.example"]),
    ("https://a.example|https://b.example", "not_one_origin", &["https://a.example", "https://b.example"]),
    ("https://a.example, https://b.example", "not_one_origin", &["https://a.example", "https://b.example"]),
    ("https://a.example https://b.example", "not_one_origin", &["https://a.example", "https://b.example"]),
    ("a.example, b.example", "not_one_origin", &["https://a.example", "https://b.example"]),
    ("https:// app.example.com", "not_one_origin", &["https://app.example.com"]),
    ("'https://app.example.com'", "not_one_origin", &["https://app.example.com"]),
    ("'https://app.example.com", "not_one_origin", &["https://app.example.com"]),
    ("https://app.example.com\"", "not_one_origin", &["https://app.example.com"]),
    ("\\\"https://app.example.com\\\"", "not_one_origin", &["https://app.example.com"]),
    ("“https://app.example.com”", "not_one_origin", &["https://app.example.com"]),
    (" https://app.example.com/ ", "not_one_origin", &["https://app.example.com"]),
    ("<https://app.example.com>", "not_one_origin", &["https://app.example.com"]),
    ("https://*-team.vercel.app", "public_suffix", &[]),
    ("https://*team.vercel.app", "open_start", &["https://*.team.vercel.app", "https://team.vercel.app"]),
    ("https://*s3.amazonaws.com", "public_suffix", &[]),
    ("https://*.app.github.dev", "public_suffix", &[]),
    ("https://*.github.dev", "public_suffix", &[]),
    ("https://*-3000.euw.devtunnels.ms", "public_suffix", &[]),
    ("https://*glitch.me", "public_suffix", &[]),
    ("https://*.stackblitz.io/", "public_suffix", &[]),
    ("https://*.amazonaws.com", "public_suffix", &[]),
    ("http://192.168.1.*:3000", "open_end", &[]),
    ("https://example.*", "open_end", &[]),
    ("https://example.com*", "open_end", &["https://example.com"]),
    ("http://::1:3", "ipv6_not_canonical", &["http://[::1:3]"]),
    ("http://2001:db8::8080", "ipv6_not_canonical", &["http://[2001:db8::8080]"]),
    ("http://::1:3000", "ipv6_not_canonical", &["http://[::1]:3000"]),
    ("https://.*\\.example\\.com", "regular_expression", &["https://*.example.com"]),
    ("^https://app\\.example\\.com$", "regular_expression", &["https://app.example.com"]),
    ("/https:\\/\\/app\\.example\\.com/", "regular_expression", &["https://app.example.com"]),
    ("https://(a|b).example.com", "regular_expression", &["https://a.example.com", "https://b.example.com"]),
    ("https://[a-z]+.example.com", "regular_expression", &[]),
    ("http*://*.a.example", "second_star", &["https://*.a.example", "http://*.a.example"]),
    ("*://*.a.example", "second_star", &["https://*.a.example", "http://*.a.example"]),
    ("*://a.example", "any_scheme", &["https://a.example", "http://a.example"]),
    ("*.a.example", "any_scheme", &["https://*.a.example"]),
    ("https://*.*.a.example", "second_star", &["https://*.a.example"]),
    ("https://**.a.example", "second_star", &["https://*.a.example"]),
    ("https://*.a.example:*", "second_star", &[]),
    ("https://foo.example:*0", "open_port", &[]),
    ("https://foo.example:80*", "open_port", &[]),
    ("https://foo.example:0", "malformed_port", &[]),
    ("https://foo.example:", "malformed_port", &["https://foo.example"]),
    ("https://foo.example:0443", "malformed_port", &["https://foo.example"]),
    ("htps://foo.example", "misspelt_scheme", &["https://foo.example"]),
    ("htttp://foo.example", "misspelt_scheme", &["http://foo.example"]),
    ("hxxps://foo.example/", "misspelt_scheme", &["https://foo.example"]),
    ("ftp://foo.example", "non_origin_scheme", &["https://foo.example"]),
    ("wss://foo.example:8443/socket", "non_origin_scheme", &["https://foo.example:8443"]),
    ("blob:https://foo.example", "non_origin_scheme", &["https://foo.example"]),
    ("mailto:me@foo.example", "non_origin_scheme", &[]),
    ("about:blank", "non_origin_scheme", &[]),
    ("env:APP_ORIGIN", "non_origin_scheme", &[]),
    ("vault:secret/data/cors#origin", "non_origin_scheme", &[]),
    ("htps:/app.example.com", "misspelt_scheme", &["https://app.example.com"]),
    ("https:127.0.0.1", "origin_without_scheme", &["https://127.0.0.1"]),
    ("postgres://user:pw@db.example.com:5432", "non_origin_scheme", &[]),
    ("tcp://localhost:3000", "non_origin_scheme", &[]),
    ("s://app.example.com", "misspelt_scheme", &["https://app.example.com"]),
    ("tp://app.example.com", "misspelt_scheme", &["http://app.example.com"]),
    ("s//app.example.com", "origin_without_scheme", &[]),
    ("capacitor://*", "app_scheme", &[]),
    ("capacitor://localhost:*", "app_scheme", &[]),
    ("https：//app.example.com", "origin_without_scheme", &["https://app.example.com"]),
    ("https:∕∕app.example.com", "origin_without_scheme", &["https://app.example.com"]),
    ("https://user:$ecret@app.example.com", "origin_with_user_info", &["https://app.example.com"]),
    ("https://user:p(w)d@app.example.com/", "origin_with_user_info", &["https://app.example.com"]),
    ("https://{0}.example.com", "placeholder", &[]),
    ("((app_origin))", "placeholder", &[]),
    ("/https://a$pp.example.com/", "placeholder", &[]),
    ("https://.*example.com", "regular_expression", &[]),
    ("{https://app.example.com}", "not_one_origin", &["https://app.example.com"]),
    (" * ", "not_one_origin", &[]),
    ("[App](https://app.example.com)", "not_one_origin", &[]),
    ("file:///home/me", "non_origin_scheme", &[]),
    ("file://", "file_origin", &[]),
    ("moz-extension://*", "any_extension", &[]),
    ("chrome-extension://abcdef", "app_scheme", &[]),
    ("null", "null_origin", &[]),
    ("n*", "null_origin", &[]),
    ("nul*", "null_origin", &[]),
    ("*null", "null_origin", &[]),
    ("https://*:443", "default_port", &[]),
    ("https://user:pw@foo.example/a?b", "origin_with_user_info", &["https://foo.example"]),
    ("HTTPS://Foo.Example/", "origin_with_path", &["https://foo.example"]),
    ("https://foo.example.", "unusual_host", &["https://foo.example"]),
    ("https://a_b.example", "unusual_host", &[]),
    ("https://Bücher.example/", "non_ascii_host", &[]),
    ("https://other.example/", "origin_with_path", &["removed"]),
    ("*.other.example", "any_scheme", &["https://*.other.example"]),
    ("${ORIGIN}", "placeholder", &[]),
    ("https://{env}.example.com/", "placeholder", &[]),
    ("", "empty_origin", &["removed"]),
    // A word, a port or a version is no host.
    ("'self'", "not_one_origin", &[]),
    (" null", "not_one_origin", &[]),
    ("undefined", "origin_without_scheme", &[]),
    ("SAMEORIGIN", "origin_without_scheme", &[]),
    ("all", "origin_without_scheme", &[]),
    ("frontend:3000", "origin_without_scheme", &[]),
    ("https://mycompany*", "open_end", &[]),
    ("https://*mycompany", "open_start", &[]),
    ("3000", "origin_without_scheme", &[]),
    (":3000", "origin_without_scheme", &[]),
    ("1.0", "origin_without_scheme", &[]),
    ("http://0:3000", "ipv4_not_canonical", &[]),
    ("http://192.168.1*", "open_end", &[]),
    ("http://127.0.0.01:3000", "ipv4_not_canonical", &["http://127.0.0.1:3000"]),
    ("http://0x7f000001:8080", "ipv4_not_canonical", &["http://127.0.0.1:8080"]),
    // Ranges, masks and globs.
    ("10.0.0.0/8", "origin_without_scheme", &[]),
    ("http://192.168.0.0/24", "origin_with_path", &[]),
    ("http://192.168.1.0/255.255.255.0", "origin_with_path", &[]),
    ("http://localhost:3000-3005", "malformed_port", &[]),
    ("http://localhost:300?", "origin_with_path", &[]),
    ("https://example.com?", "origin_with_path", &["https://example.com"]),
    ("http://localhost*", "open_end", &[]),
    // A name in two parts.
    ("https://exam ple.com", "not_one_origin", &[]),
    ("https://shop.exam\tple.com", "not_one_origin", &[]),
    ("https://app,example.com", "not_one_origin", &[]),
    ("app|admin.example.com", "not_one_origin", &[]),
    ("https://a.example b.example", "not_one_origin", &[]),
    ("https://a.example,*", "not_one_origin", &[]),
    ("http://192.168.0.1,2,3", "not_one_origin", &[]),
    ("localhost, 127.0.0.1", "not_one_origin", &["http://localhost", "http://127.0.0.1"]),
    ("https://app.example.com: 8443", "not_one_origin", &["https://app.example.com:8443"]),
    // Something else that has a host in it.
    ("me@foo.example", "origin_without_scheme", &[]),
    ("C:\\Users\\me\\index.html", "origin_without_scheme", &[]),
    ("https://www.google.com/url?q=https://app.example.com", "origin_with_path", &[]),
    ("https://a.example/https://b.example", "origin_with_path", &[]),
    ("request.headers.origin", "origin_without_scheme", &[]),
    ("@origin", "origin_without_scheme", &[]),
    ("http:s//app.example.com", "origin_without_scheme", &[]),
    ("view-source:https://app.example.com/", "non_origin_scheme", &["https://app.example.com"]),
    // Both schemes, where both are written.
    ("http(s)://app.example.com", "regular_expression", &["https://app.example.com", "http://app.example.com"]),
    ("http[s]://app.example.com", "misspelt_scheme", &["https://app.example.com", "http://app.example.com"]),
    ("http?://app.example.com", "misspelt_scheme", &["https://app.example.com", "http://app.example.com"]),
    // Letters of other scripts are other letters; signs of word processors are none.
    ("https://app.ex\u{430}mple.com", "non_ascii_host", &[]),
    ("https://bücher.example", "non_ascii_host", &[]),
    ("https://cafe\u{301}.example", "non_ascii_host", &[]),
    ("https://my\u{2011}app.example.com", "non_ascii_host", &["https://my-app.example.com"]),
    ("https://my\u{ad}app.example.com", "non_ascii_host", &["https://myapp.example.com"]),
    ("https://app\u{3002}example\u{ff0e}com", "non_ascii_host", &["https://app.example.com"]),
    ("https:\u{ff0f}\u{ff0f}app.example.com", "origin_without_scheme", &["https://app.example.com"]),
    ("‹https://app.example.com›", "misspelt_scheme", &["https://app.example.com"]),
    ("https://app.example.com…", "non_ascii_host", &["https://app.example.com"]),
];

/// Entry, rules and suggestion, alone in a list with credentials. One suggestion mends all mistakes.
#[rustfmt::skip]
const WITH_CREDENTIALS: &[(&str, &[&str], &[&str])] = &[
    ("http://app.example.com/", &["insecure_origin_with_credentials", "origin_with_path"], &["https://app.example.com"]),
    ("http://app.example.com", &["insecure_origin_with_credentials"], &["https://app.example.com"]),
    ("*://app.example.com", &["any_scheme_with_credentials"], &["https://app.example.com"]),
    ("http*://*.example.com", &["second_star"], &["https://*.example.com"]),
    ("https://*example.com", &["open_start_with_credentials"], &["https://*.example.com", "https://example.com"]),
    ("http://localhost:3000/", &["origin_with_path"], &["http://localhost:3000"]),
    ("https://*.github.io/", &["public_suffix_with_credentials", "origin_with_path"], &[]),
    ("https://*.", &["any_origin_with_credentials", "unusual_host"], &[]),
    ("https://*.com.", &["public_suffix_with_credentials", "unusual_host"], &[]),
    ("https://*.co.uk.", &["public_suffix_with_credentials", "unusual_host"], &[]),
    ("https://*.github.io.", &["public_suffix_with_credentials", "unusual_host"], &[]),
    ("https://example.*.", &["open_end_with_credentials", "unusual_host"], &[]),
    ("http://*.example.com.", &["insecure_origin_with_credentials", "unusual_host"], &["https://*.example.com"]),
    ("https://*.example.com.", &["unusual_host"], &["https://*.example.com"]),
    ("*.", &["any_origin_with_credentials"], &[]),
    ("*.com.", &["public_suffix_with_credentials", "any_scheme_with_credentials"], &[]),
    ("https://*s3.amazonaws.com", &["public_suffix_with_credentials"], &[]),
    ("https://*com", &["public_suffix_with_credentials"], &[]),
    ("https://*.amazonaws.com", &["public_suffix_with_credentials"], &[]),
    ("moz-extension://*", &["any_extension_with_credentials"], &[]),
    ("capacitor://*", &["app_scheme"], &[]),
    ("moz-extension://*.com", &["any_extension_with_credentials"], &[]),
    ("*null", &["null_origin", "any_scheme_with_credentials"], &[]),
    ("*l", &["null_origin", "public_suffix_with_credentials", "any_scheme_with_credentials"], &[]),
    ("*", &["star_with_credentials"], &[]),
];

#[test]
fn named_cases() {
    let mut wrong = Vec::new();
    for (entry, rule, expected) in CASES {
        let text = file(&["https://other.example", entry], false);
        let first = faults(&text).first().map(|finding| finding.rule.name);
        let origins = suggested(&text).unwrap_or_default();
        let origins: Vec<&str> = origins.iter().map(String::as_str).collect();
        let expected = match *expected {
            [] => vec![],
            ["removed"] => vec!["https://other.example"],
            some => [&["https://other.example"], some].concat(),
        };
        let mut others = origins.iter().filter(|o| **o != "https://other.example");
        let named = others.all(|origin| names(entry, origin));
        if first != Some(*rule) || origins != expected || !named {
            wrong.push(format!("{entry:?}: {first:?} {origins:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn named_cases_with_credentials() {
    let mut wrong = Vec::new();
    for (entry, rules, expected) in WITH_CREDENTIALS {
        let text = file(&[entry], true);
        let found = faults(&text);
        let mut names: Vec<&str> = found.iter().map(|finding| finding.rule.name).collect();
        names.sort_unstable();
        let mut rules = rules.to_vec();
        rules.sort_unstable();
        let literal = |finding: &Finding| matches!(finding.help, Help::Write(..));
        let taken: Vec<Vec<String>> = found
            .iter()
            .filter(|finding| literal(finding))
            .map(|finding| {
                let mended = mended(&text, finding).unwrap();
                let document: Value = serde_json::from_str(&mended).unwrap();
                let origins = &document["extra_config"]["security/cors"]["allow_origins"];
                serde_json::from_value(origins.clone()).unwrap()
            })
            .collect();
        let expected_all = if expected.is_empty() {
            vec![]
        } else {
            vec![expected.to_vec(); found.len()]
        };
        if names != rules || taken != expected_all {
            wrong.push(format!("{entry:?}: {names:?} {taken:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
