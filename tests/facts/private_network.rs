//! The draft of [Private Network Access], which no engine follows.
//!
//! [Private Network Access]: https://wicg.github.io/private-network-access/

use cors_runtime::testing::Browser;

use crate::case::{Case, agree, case};

#[tokio::test]
async fn private_networks() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    const SHOWN: &[&str] = &["request-private-network"];
    const ASKED: &str = "OPTIONS request-private-network: true";

    let usual = [
        case("a_simple_request_asks_for_no_network")
            .fetch("GET", &[])
            .arrives_with(SHOWN, &["GET"])
            .gets("200"),
        case("a_preflight_asks_for_no_network")
            .fetch("PUT", &[])
            .arrives_with(SHOWN, &["OPTIONS", "PUT"])
            .gets("200"),
        // The name is not forbidden.
        case("a_script_may_set_the_header_of_the_draft")
            .fetch("GET", &["Request-Private-Network: true"])
            .arrives_with(
                &["request-headers", "request-private-network"],
                &[
                    "OPTIONS request-headers: access-control-request-private-network",
                    "GET request-private-network: true",
                ],
            )
            .gets("200"),
    ];
    let draft: [(&str, &[&str], &str); 4] = [
        (
            "the_draft_needs_true",
            &["Allow-Private-Network: true"],
            "200",
        ),
        ("the_draft_needs_the_header", &[], "PrivateNetwork"),
        (
            "the_draft_needs_lower_case",
            &["Allow-Private-Network: True"],
            "PrivateNetwork",
        ),
        (
            "the_draft_checks_lists_as_well",
            &["Allow-Private-Network: true", "Allow-Methods: a b"],
            "MalformedMethods",
        ),
    ];
    let draft = draft.into_iter().map(|(name, lines, gets)| {
        let arrives: &[&str] = match gets {
            "200" => &[ASKED, "GET"],
            _ => &[ASKED],
        };
        case(name)
            .with(Browser::with_private_network_access)
            .lists(lines)
            .fetch("GET", &[])
            .arrives_with(SHOWN, arrives)
            .gets(gets)
    });
    usual.into_iter().chain(draft).collect()
}
