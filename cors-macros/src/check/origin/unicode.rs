//! Characters outside ASCII that get into a host by mistake.

/// What a character can only mean: nothing at all, or a character of ASCII.
///
/// Word processors and input methods write these. Letters are not among them: a letter of another
/// script makes another host, whatever it looks like.
pub(crate) fn meant(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "",
        '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => ".",
        '\u{2010}' | '\u{2011}' | '\u{ff0d}' => "-",
        '\u{ff1a}' => ":",
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => "/",
        _ => return None,
    })
}

/// A text with what its characters can only mean.
pub(crate) fn in_ascii(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match meant(c) {
            Some(meant) => written.push_str(meant),
            None => written.push(c),
        }
    }
    written
}

/// What a note says of a character in a host.
pub(super) fn note(c: char) -> String {
    let number = format!("U+{:04X}", u32::from(c));
    match (looks_like(c), meant(c)) {
        (Some('-'), _) => format!("{number} is not the hyphen `-`"),
        (Some(latin), _) => {
            format!("{number} looks like the Latin `{latin}`, and is another letter")
        }
        (None, Some("")) => format!("{number} is invisible"),
        (None, Some(ascii)) => format!("{number} is not the ASCII character `{ascii}`"),
        (None, None) => format!("browsers send Punycode for {number}"),
    }
}

/// The character of ASCII that cannot be told from this one by its look.
fn looks_like(c: char) -> Option<char> {
    const PAIRS: [(char, &str); 17] = [
        ('a', "аα"),
        ('c', "с"),
        ('d', "ԁ"),
        ('e', "е"),
        ('g', "ɡ"),
        ('h', "һ"),
        ('i', "іι"),
        ('j', "ј"),
        ('l', "ӏ"),
        ('n', "ո"),
        ('o', "оο"),
        ('p', "рρ"),
        ('s', "ѕ"),
        ('v', "ν"),
        ('x', "х"),
        ('y', "у"),
        ('-', "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}"),
    ];
    let pair = PAIRS.iter().find(|(_, others)| others.contains(c))?;
    Some(pair.0)
}
