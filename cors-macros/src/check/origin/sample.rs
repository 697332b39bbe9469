//! Names that guides and templates use for whatever the reader's own is.

use std::ops::Range;

use super::public_suffix;

/// What is the reader's, in such a name: `mydomain`, `your-app`.
const WORDS: [&str; 6] = ["app", "company", "domain", "frontend", "site", "website"];

/// Where such a name is in a host. It is registered under a public suffix: in a private network, or
/// under a name that is somebody's, it may be the right one.
pub(super) fn find(host: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for label in host.split('.') {
        let end = start + label.len();
        let suffix = host.get(end + 1..).unwrap_or_default();
        if is_sample(label) && public_suffix::is_one(suffix.trim_end_matches('.')) {
            return Some(start..end);
        }
        start = end + 1;
    }
    None
}

fn is_sample(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    let is_word = |rest: &str| WORDS.contains(&rest.trim_start_matches('-'));
    label == "domain"
        || label.strip_prefix("my").is_some_and(is_word)
        || label
            .strip_prefix("your")
            .is_some_and(|rest| is_word(rest) || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn samples_and_what_looks_like_them() {
        for (host, sample) in [
            ("your-domain.com", "your-domain"),
            ("app.yourdomain.com", "yourdomain"),
            ("*.mydomain.co.uk", "mydomain"),
            ("My-App.com.", "My-App"),
            ("your-project-123.vercel.app", "your-project-123"),
            ("www.domain.com", "domain"),
        ] {
            assert_eq!(find(host).map(|at| &host[at]), Some(sample), "{host}");
        }
        for host in [
            "example.com",
            "my-app.example.com",
            "mydomain.test",
            "mydomain.local",
            "yourdomain",
            "yourkit.com",
            "yourls.org",
            "myindustryhouse.com",
            "domain.example.com",
            "mydomains.com",
            "",
        ] {
            assert_eq!(find(host), None, "{host}");
        }
    }
}
