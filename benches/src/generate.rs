//! The build script: the large configurations, and the tables of their hand-written counterparts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::json;

mod hash;
mod origins;

use origins::origins;

const SETS: [(&str, usize); 3] = [
    ("hundred", 100),
    ("thousand", 1_000),
    ("ten_thousand", 10_000),
];

/// Second-level names of the twenty patterns, long enough to differ in their last seven bytes.
const CITIES: [&str; 20] = [
    "antwerp",
    "bologna",
    "cardiff",
    "dresden",
    "esbjerg",
    "fukuoka",
    "granada",
    "hamburg",
    "innsbruck",
    "jakarta",
    "karlsruhe",
    "leipzig",
    "marseille",
    "nairobi",
    "orlando",
    "palermo",
    "rotterdam",
    "seville",
    "toulouse",
    "utrecht",
];

fn main() {
    println!("cargo::rerun-if-changed=src/generate.rs");
    println!("cargo::rerun-if-changed=src/hash.rs");
    println!("cargo::rerun-if-changed=src/origins.rs");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut policies = String::new();
    let mut tables = String::new();
    let mut sets = String::new();
    for (name, count) in SETS {
        let origins = origins(count);
        write_policy(&folder, name, &origins, &mut policies);
        write_table(name, &origins, &mut tables);
        let name = name.to_uppercase();
        let members = origins
            .iter()
            .map(|origin| format!("{origin:?},"))
            .collect::<String>();
        let _ = writeln!(sets, "static {name}: Set<&str> = phf_set! {{ {members} }};");
    }
    let patterns: Vec<String> = CITIES
        .iter()
        .map(|city| format!("https://*.{city}.example.com"))
        .collect();
    write_policy(&folder, "patterns", &patterns, &mut policies);
    write_suffixes(&mut tables);
    fs::write(folder.join("policies.rs"), policies).expect("OUT_DIR can be written to");
    fs::write(folder.join("sets.rs"), sets).expect("OUT_DIR can be written to");
    fs::write(folder.join("tables.rs"), tables).expect("OUT_DIR can be written to");
}

fn write_policy(folder: &Path, name: &str, origins: &[String], policies: &mut String) {
    let cors = json!({
        "allow_origins": origins,
        "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
        "allow_headers": ["Authorization", "Content-Type", "X-Request-Id"],
        "expose_headers": ["X-Request-Id"],
        "allow_credentials": true,
        "max_age": "10m",
    });
    let configuration = json!({ "version": 3, "extra_config": { "security/cors": cors } });
    fs::write(
        folder.join(format!("{name}.json")),
        configuration.to_string(),
    )
    .expect("OUT_DIR can be written to");
    let _ = writeln!(
        policies,
        "/// See the build script.\n\
         pub static {}: &Policy = cors_policy!(\"{name}.json\", allow(hints, warnings));",
        name.to_uppercase(),
    );
}

/// A table with four times as many slots as entries, so that a search usually ends at once.
fn write_table(name: &str, origins: &[String], tables: &mut String) {
    let bits = (4 * origins.len()).next_power_of_two().ilog2();
    let mut slots = vec![u16::MAX; 1 << bits];
    for (index, origin) in origins.iter().enumerate() {
        let mut slot = hash::slot(origin.as_bytes(), bits).expect("no origin is short");
        while slots[slot] != u16::MAX {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = index as u16;
    }
    let name = name.to_uppercase();
    let (size, count) = (slots.len(), origins.len());
    let _ = writeln!(
        tables,
        "pub const {name}_BITS: u32 = {bits};\n\
         pub static {name}_SLOTS: [u16; {size}] = {slots:?};\n\
         pub static {name}: [&str; {count}] = {origins:?};"
    );
}

/// The patterns, distinguished by the eight bytes before their common end.
fn write_suffixes(tables: &mut String) {
    let _ = writeln!(
        tables,
        "#[inline]\npub fn suffix(tail: u64) -> Option<&'static [u8]> {{\n    Some(match tail {{"
    );
    for city in CITIES {
        let suffix = format!(".{city}");
        let tail = suffix.as_bytes().last_chunk().expect("no name is short");
        let _ = writeln!(
            tables,
            "        {} => b\"{suffix}.example.com\",",
            u64::from_le_bytes(*tail)
        );
    }
    let _ = writeln!(tables, "        _ => return None,\n    }})\n}}");
}
