use super::{patterns, sign};

#[test]
fn expressions_and_the_patterns_that_mean_the_same() {
    let cases: &[(&str, Option<&[&str]>)] = &[
        (
            r"https://.*\.example\.com",
            Some(&["https://*.example.com"]),
        ),
        (
            r"^https://app\.example\.com$",
            Some(&["https://app.example.com"]),
        ),
        (
            r"/https:\/\/app\.example\.com/i",
            Some(&["https://app.example.com"]),
        ),
        (
            r"https://(a|b)\.example\.com",
            Some(&["https://a.example.com", "https://b.example.com"]),
        ),
        (
            r"https?://example\.com",
            Some(&["http://example.com", "https://example.com"]),
        ),
        (
            r"https://(.+\.)?example\.com",
            Some(&["https://example.com", "https://*.example.com"]),
        ),
        (r"http://localhost:\d+", Some(&["http://localhost:*"])),
        (
            r"http://localhost(:[0-9]+)?",
            Some(&["http://localhost", "http://localhost:*"]),
        ),
        (".*", Some(&["*"])),
        ("https://.*.example.com", Some(&["https://*.example.com"])),
        // What a `*` would match here is more.
        (r"https://[a-z]+\.example\.com", None),
        (r"https://\w+\.example\.com", None),
        (r"https://a\d+\.example\.com", None),
        (r"https://(a.)*example\.com", None),
        (r"https://a{2}\.example\.com", None),
        ("(a|b|c|d)(e|f|g)", None),
        ("https://a$b.example", None),
        (r"https://a\$", None),
        (
            "(?:^https://a.example$)|(^https://b.example)$",
            Some(&["https://a.example", "https://b.example"]),
        ),
        ("https://.*example.com", None),
        ("(a", None),
        ("a)", None),
        ("a\\", None),
        (r"\(a\)", None),
        (r"a\?b", None),
        (r"a\\.b", None),
        ("https://(?!a)b.example", None),
        ("https://a\0b.(x|y).example", None),
        ("https://a\u{1}(b).example", None),
        (
            "https://((a|b)-)?c.example",
            Some(&[
                "https://c.example",
                "https://a-c.example",
                "https://b-c.example",
            ]),
        ),
        (
            r"^https://a\.example$|^https://b\.example$",
            Some(&["https://a.example", "https://b.example"]),
        ),
    ];
    for (text, expected) in cases {
        let expected = expected.map(|all| all.iter().map(|s| s.to_string()).collect());
        assert_eq!(patterns(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_expression() {
    for text in [
        "https://app.example.com",
        "https://*.example.com",
        "http://[::1]:3000",
        "http://[a::1]",
        "https:\\\\example.com",
        "//example.com/",
        "/",
        "https://é",
        "",
    ] {
        assert_eq!(sign(text), None, "{text}");
    }
}
