//! Hosts under which anybody gets a name, and which the Public Suffix List lacks: of tunnels to a
//! developer's machine, and of sandboxes that run what is in an editor.

/// What a rule of the Public Suffix List would be, and where it is documented.
#[rustfmt::skip]
const RULES: [(&str, &str); 19] = [
    ("app.github.dev", "https://docs.github.com/en/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace"),
    ("*.cloudapp.azure.com", "https://learn.microsoft.com/azure/virtual-machines/create-fqdn"),
    ("*.cloudworkstations.dev", "https://cloud.google.com/workstations/docs/access-http-servers-running-on-workstations"),
    ("*.devtunnels.ms", "https://learn.microsoft.com/azure/developer/dev-tunnels/security"),
    ("exp.direct", "https://docs.expo.dev/more/expo-cli/"),
    ("glitch.me", "https://glitch.com/"),
    ("gradio.live", "https://www.gradio.app/guides/sharing-your-app"),
    ("lhr.life", "https://localhost.run/docs/"),
    ("loca.lt", "https://github.com/localtunnel/localtunnel"),
    ("localtunnel.me", "https://github.com/localtunnel/localtunnel"),
    ("nip.io", "https://nip.io/"),
    ("*.free.pinggy.link", "https://pinggy.io/docs/"),
    ("free.pinggy.net", "https://pinggy.io/docs/"),
    ("serveo.net", "https://serveo.net/"),
    ("share.zrok.io", "https://docs.zrok.io/"),
    ("sslip.io", "https://sslip.io/"),
    ("stackblitz.io", "https://developer.stackblitz.com/"),
    ("*.webcontainer.io", "https://webcontainers.io/"),
    ("*.webcontainer-api.io", "https://webcontainers.io/"),
];

/// Where it is documented that anybody gets a name under this one.
pub(super) fn source(domain: &str) -> Option<&'static str> {
    let is_it = |rule: &str| match rule.strip_prefix("*.") {
        Some(parent) => {
            domain == parent || domain.split_once('.').is_some_and(|(_, d)| d == parent)
        }
        None => domain == rule,
    };
    let found = RULES.iter().find(|(rule, _)| is_it(rule));
    found.map(|(_, source)| *source)
}

/// Such a name under a domain, by a label that ends in some way.
pub(super) fn below(domain: &str, end: &str) -> Option<&'static str> {
    RULES
        .iter()
        .map(|(rule, _)| rule.trim_start_matches("*."))
        .find(|name| {
            let front = name
                .strip_suffix(domain)
                .and_then(|front| front.strip_suffix('.'));
            front.is_some_and(|front| front.ends_with(end))
        })
}

#[cfg(test)]
mod tests {
    use super::{RULES, below, source};
    use crate::check::origin::public_suffix;

    /// A rule that the list has by now is not needed here.
    #[test]
    fn the_public_suffix_list_has_none_of_them() {
        for (rule, _) in RULES {
            let name = rule.replace('*', "any");
            assert!(!public_suffix::is_listed(&name), "{rule}");
        }
    }

    #[test]
    fn names_and_what_is_below_them() {
        for name in ["glitch.me", "devtunnels.ms", "euw.devtunnels.ms"] {
            assert!(source(name).is_some(), "{name}");
        }
        for name in [
            "me",
            "shop.glitch.me",
            "a.euw.devtunnels.ms",
            "xglitch.me",
            "",
        ] {
            assert!(source(name).is_none(), "{name}");
        }
        assert_eq!(below("github.dev", ""), Some("app.github.dev"));
        assert_eq!(below("github.dev", "pp"), Some("app.github.dev"));
        assert_eq!(below("github.dev", "b"), None);
        assert_eq!(below("glitch.me", ""), None);
    }
}
