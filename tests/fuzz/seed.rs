//! Writes the recorded requests as a corpus for `decide`.

use std::fs;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    fs::create_dir_all(&folder)?;
    let vectors = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../oracle/krakend-vectors.json"
    );
    let cases: serde_json::Value = serde_json::from_str(&fs::read_to_string(vectors)?)?;
    let requests = cases.as_array().into_iter().flatten();
    let requests = requests.flat_map(|case| case["requests"].as_array().into_iter().flatten());
    for (nth, request) in requests.enumerate() {
        // One policy after the other, by the first byte.
        let choice = char::from(nth as u8 % 5);
        let mut text = format!("{choice}{}", request["method"].as_str().unwrap_or("GET"));
        for header in request["headers"].as_array().into_iter().flatten() {
            let part = |nth: usize| header[nth].as_str().unwrap_or_default();
            text.push_str(&format!("\n{}:{}", part(0), part(1)));
        }
        text.push_str("\n\nVary:Accept\nAccess-Control-Allow-Origin:*");
        fs::write(folder.join(format!("{nth:04}")), text)?;
    }
    Ok(())
}
