//! What somebody who misspelt a name may have meant.

/// The name among `known` that is nearest to `name`, if one is near enough.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |s: &str| s.to_ascii_lowercase().replace(['-', ' '], "_");
    let name = plain(name);
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&name, &plain(candidate)), candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// Whether one word becomes the other by at most so many edits: a letter more or less, another
/// letter, or two neighbours the other way round.
pub(crate) fn within(edits: usize, one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) <= edits
}
