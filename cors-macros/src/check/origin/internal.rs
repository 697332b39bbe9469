//! Names that only the machines of one network know.

use std::ops::Range;

/// The names of clusters and of what runs containers end so.
const ENDS: [&str; 6] = [
    "cluster.local",
    "containers.internal",
    "docker.internal",
    "minikube.internal",
    "railway.internal",
    "svc",
];

/// What shows that a host is such a name, and where that is.
pub(super) fn find(host: &str) -> Option<(&'static str, Range<usize>)> {
    let name = host.trim_end_matches('.');
    let lower = name.to_ascii_lowercase();
    let is_word = !lower.contains(['.', '*', '[']) && !lower.is_empty();
    if is_word && lower != "localhost" {
        return Some(("a name without a dot", 0..name.len()));
    }
    let ends_so = |end: &&&str| {
        let front = lower.strip_suffix(**end);
        front.is_some_and(|front| front.ends_with('.'))
    };
    let end = ENDS.iter().find(ends_so)?;
    Some((
        "a name of clusters and containers",
        name.len() - end.len()..name.len(),
    ))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn internal_names_and_others() {
        for (host, part) in [
            ("frontend", "frontend"),
            ("Intranet.", "Intranet"),
            ("api.default.svc", "svc"),
            ("api.default.svc.cluster.local", "cluster.local"),
            ("*.default.svc.cluster.local", "cluster.local"),
            ("host.docker.internal", "docker.internal"),
        ] {
            assert_eq!(find(host).map(|(_, at)| &host[at]), Some(part), "{host}");
        }
        for host in [
            "localhost",
            "app.localhost",
            "a.example",
            "printer.local",
            "wiki.corp.internal",
            "mysvc",
            "my.mysvc",
            "*",
            "*svc",
            "[::1]",
        ] {
            let found = find(host).filter(|(why, _)| why.contains("clusters"));
            assert_eq!(found, None, "{host}");
        }
        for host in ["localhost", "LOCALHOST.", "*", "", "[::1]"] {
            assert_eq!(find(host), None, "{host}");
        }
    }
}
