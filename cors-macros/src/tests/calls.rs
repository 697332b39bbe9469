//! Calls of the macro that are not understood.

use crate::call::Call;

/// A call of the macro with this input, whose message has these words.
const CALLS: &[(&str, &[&str])] = &[
    // Without braces.
    (
        r#""allow_origins": ["https://a.test"]"#,
        &[
            "no braces",
            r#"write `cors_policy!({ "allow_origins": … })`"#,
        ],
    ),
    (
        r#"allow_origins: ["https://a.test"], debug: true"#,
        &["no braces", r#"({ "allow_origins": … })"#],
    ),
    (r#"allow_origins = ["https://a.test"]"#, &["no braces"]),
    (
        r#""version": 3, "extra_config": {}"#,
        &["no braces", r#"({ "allow_origins": … })"#],
    ),
    (
        r#""krakend.json": 1"#,
        &["the macro does not know the value of"],
    ),
    (
        r#"file: "krakend.json""#,
        &["the macro does not know the value of `file: \"krakend.json\"`"],
    ),
    (
        "allow_origins::PATH",
        &["the macro does not know the value of `allow_origins::PATH`"],
    ),
    // Names of findings.
    (
        r#""a.json", allow(null-origin)"#,
        &["names of findings", "write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow(null origin)"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow("null_origin")"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow("null_origin, debug_on")"#,
        &["write `allow(null_origin, debug_on)`"],
    ),
    (
        r#""a.json", allow("null origin")"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow(null_origin debug_on)"#,
        &["write `allow(null_origin, debug_on)`"],
    ),
    (
        r#""a.json", allow(null_origin; debug_on)"#,
        &["write `allow(null_origin, debug_on)`"],
    ),
    (
        r#""a.json", allow(null_origin, reason = "a frame")"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow(null-orign)"#,
        &["did you mean `allow(null_origin)`?"],
    ),
    (
        r#""a.json", allow(origin-with-path)"#,
        &["`origin_with_path` is an error that cannot be turned off"],
    ),
    (
        r#""a.json", deny(origin-with-path)"#,
        &["write `deny(origin_with_path)`"],
    ),
    (
        r#""a.json", allow(frob-nicate)"#,
        &["`cors_runtime::findings` lists all names"],
    ),
    (
        r#""a.json", allow(null-origin, frobnicate)"#,
        &["`cors_runtime::findings` lists all names"],
    ),
    (
        r#""a.json", allow = null_origin"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow: "null_origin""#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow[null_origin]"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow!(null_origin)"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow null_origin"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow(findings::null_origin)"#,
        &["write `allow(null_origin)`"],
    ),
    (
        r#""a.json", allow(NULL_ORIGIN.x)"#,
        &["did you mean `allow(null_origin)`?"],
    ),
    (
        r#""a.json", allow"#,
        &["`cors_runtime::findings` lists all names"],
    ),
    (
        r#""a.json", allow()(null_origin)"#,
        &["write `allow(null_origin)`"],
    ),
    // Verbs.
    (
        r#""a.json", deny(Warnings)"#,
        &[
            "no finding is called `Warnings`",
            "did you mean `warnings`?",
        ],
    ),
    (
        r#""a.json", expect(null_origin)"#,
        &["expected `allow(…)`", "write `allow(null_origin)`"],
    ),
    (
        r#""a.json", expect(origin_with_path)"#,
        &["cannot be turned off"],
    ),
    (
        r#""a.json", forbid(null-origin, warnings)"#,
        &["write `deny(null_origin, warnings)`"],
    ),
    (
        r#""a.json", Allow(null_origin)"#,
        &["did you mean `allow(null_origin)`?"],
    ),
    (
        r#""a.json", denny(hints)"#,
        &["did you mean `deny(hints)`?"],
    ),
    (
        r#""a.json", permit(null_origin)"#,
        &["expected `allow(…)`, `warn(…)` or `deny(…)`"],
    ),
    (r#""a.json", "null_origin""#, &["expected `allow(…)`"]),
    (
        r#""a.json", { "debug": true }"#,
        &["expected `allow(…)`", "did you mean `within({ … })`?"],
    ),
    (
        r#""a.json", #[allow(null_origin)]"#,
        &["expected `allow(…)`"],
    ),
    // The most that the service accepts.
    (
        r#""a.json", within { "allow_origins": ["*"] }"#,
        &[
            "expected one CORS object in parentheses after `within`",
            "write `within({ … })`",
        ],
    ),
    (
        r#""a.json", within: { "debug": true }"#,
        &["write `within({ … })`"],
    ),
    (
        r#""a.json", within = { "debug": true }"#,
        &["write `within({ … })`"],
    ),
    (
        r#""a.json", within!({ "debug": true })"#,
        &["write `within({ … })`"],
    ),
    (
        r#""a.json", within[{ "debug": true }]"#,
        &["write `within({ … })`"],
    ),
    (
        r#""a.json", within(({ "debug": true }))"#,
        &[
            "expected one CORS object",
            r#"write `within({ "allow_origins": ["https://*.example.com"] })`"#,
        ],
    ),
    (
        r#""a.json", within("ceiling.json")"#,
        &[
            "expected one CORS object",
            r#"write `within({ "allow_origins": ["https://*.example.com"] })`"#,
        ],
    ),
    (
        r#""a.json", within("allow_origins": ["*"])"#,
        &[r#"write `within({ "allow_origins": ["https://*.example.com"] })`"#],
    ),
    (r#""a.json", within()"#, &["expected one CORS object"]),
    (r#""a.json", within"#, &["expected one CORS object"]),
    (
        r#""a.json", within({ "debug": true }, { "debug": true })"#,
        &["expected one CORS object"],
    ),
    (
        r#""a.json", Within({ "debug": true })"#,
        &["expected `allow(…)`", "write `within({ … })`"],
    ),
    (
        r#""a.json", witin({ "debug": true })"#,
        &["write `within({ … })`"],
    ),
    (
        r#""a.json", allow(hints) within({ "debug": true })"#,
        &["expected `,`"],
    ),
    (r#""a.json" within({ "debug": true })"#, &["expected `,`"]),
    (
        r#""a.json", within({ "debug": true }), within({ "debug": true })"#,
        &["`within` is written twice", "write all limits into one"],
    ),
    (r#""a.json", , allow(hints)"#, &["expected `allow(…)`"]),
    (
        r#""a.json", allow(hints) deny(debug_on)"#,
        &["expected `,`"],
    ),
    (r#""a.json" allow(hints)"#, &["expected `,`"]),
    (r#"{ "debug": true } allow(hints)"#, &["expected `,`"]),
];

fn refusal(input: &str) -> Vec<String> {
    let call = format!("cors_runtime, {input}");
    match Call::read(call.parse().unwrap()) {
        Ok(_) => Vec::new(),
        Err(misuse) => {
            let mistakes = misuse.mistakes.into_iter();
            mistakes.map(|mistake| mistake.to_string()).collect()
        }
    }
}

/// Each mistake has one message, and what is to be written is accepted.
#[test]
fn calls_that_are_not_understood() {
    let mut complaints = Vec::new();
    for (input, expected) in CALLS {
        let messages = refusal(input);
        let text = messages.join("\n");
        let is_told = expected.iter().all(|words| text.contains(words));
        if !is_told || messages.len() != 1 {
            complaints.push(format!("{input}: {text}"));
        }
        let offered = text.split("= help: ").filter_map(|help| {
            let help = help.split_once('`')?.1;
            Some(help.split_once('`')?.0)
        });
        for level in offered.filter(|text| text.ends_with(')') && !text.contains('…')) {
            let refusal = refusal(&format!("\"a.json\", {level}"));
            if !refusal.is_empty() {
                complaints.push(format!(
                    "{input}: {level} is offered, and refused: {refusal:?}"
                ));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn all_mistakes_in_the_levels_are_told_at_once() {
    let messages =
        refusal(r#""a.json", allow: "null_origin", deny(hint, warnigs), debug, warn(hints)"#);
    let expected = [
        "write `allow(null_origin)`",
        "`hints`",
        "`warnings`",
        "expected `allow(…)`",
    ];
    assert_eq!(messages.len(), expected.len(), "{messages:?}");
    for (message, words) in messages.iter().zip(expected) {
        assert!(message.contains(words), "{message}");
    }
}
