//! Large policies: what they add to the build of an otherwise empty crate.

use std::fs;

use serde_json::json;

use super::bounds::Bounds;
use super::cost::{self, Rounds};
use super::scratch::{Package, Scratch, runtime};
use crate::origins::origins;
use crate::table::Table;

const ROUNDS: usize = 9;

const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];

/// One crate with its measurements.
struct Built {
    origins: usize,
    package: Package,
    expanding: Rounds,
    debug: Rounds,
    release: Rounds,
    /// Peak memory in MiB, the minimum of all rounds.
    peak: f64,
    /// Of the release build.
    bytes: u64,
}

impl Built {
    fn new(scratch: &Scratch, origins: usize) -> Result<Self, String> {
        let name = format!("origins-{origins}");
        let package = scratch.package(&name, "target", &runtime(""))?;
        if origins > 0 {
            package.write("policy.json", &configuration(origins))?;
        }
        Ok(Self {
            origins,
            package,
            expanding: Rounds::default(),
            debug: Rounds::default(),
            release: Rounds::default(),
            peak: f64::INFINITY,
            bytes: 0,
        })
    }

    /// Rebuilds it in every way. The first time is only for its dependencies.
    fn round(&mut self, round: usize) -> Result<(), String> {
        self.package
            .write("src/main.rs", &source(self.origins, round))?;
        let debug = self.package.cargo(&["build"])?;
        let debug_peak = self.peak()?;
        let release = self.package.cargo(&["build", "--release"])?;
        let peak = self.peak()?.max(debug_peak);
        if round == 0 {
            return Ok(());
        }
        self.expanding.add(self.package.expand()?.wall);
        self.debug.add(debug.wall);
        self.release.add(release.wall);
        self.peak = self.peak.min(peak);
        let program = self.package.target.join("release").join(&self.package.name);
        self.bytes = fs::metadata(program).map_or(0, |file| file.len());
        Ok(())
    }

    fn peak(&self) -> Result<f64, String> {
        let packages = cost::recorded(&self.package.log)?;
        let peak = packages.get(&self.package.name).map_or(0, |own| own.peak);
        Ok(peak as f64 / 1024.0)
    }
}

pub fn print(bounds: &mut Bounds) -> Result<(), String> {
    let scratch = Scratch::new("sizes")?;
    let mut empty = Built::new(&scratch, 0)?;
    let mut sizes = Vec::new();
    for size in SIZES {
        sizes.push(Built::new(&scratch, size)?);
    }
    for round in 0..=ROUNDS {
        empty.round(round)?;
        for built in &mut sizes {
            built.round(round)?;
        }
    }
    let mut table = Table::new("origins");
    table.head(["macro, ms", "debug, s", "more", "release, s", "more"]);
    table.head(["peak, MiB", "bytes", "bytes each"]);
    for built in std::iter::once(&empty).chain(&sizes) {
        let debug = built.debug.least() - empty.debug.least();
        let release = built.release.least() - empty.release.least();
        let bytes = built.bytes - empty.bytes;
        table.row(
            &built.origins.to_string(),
            [
                format!(
                    "{:.0}",
                    1e3 * (built.expanding.least() - empty.expanding.least())
                ),
                format!("{:.2}", built.debug.least()),
                format!("{debug:.2}"),
                format!("{:.2}", built.release.least()),
                format!("{release:.2}"),
                format!("{:.0}", built.peak),
                bytes.to_string(),
                format!("{:.1}", bytes as f64 / built.origins.max(1) as f64),
            ],
        );
        let most = match built.origins {
            10_000 => 0.3,
            100_000 => 2.0,
            _ => continue,
        };
        let name = |what| format!("{} origins, {what}", built.origins);
        bounds.add(&name("debug, s more"), most, debug);
        bounds.add(&name("release, s more"), most, release);
        if built.origins == 100_000 {
            bounds.add(&name("peak, MiB"), 250.0, built.peak);
        }
    }
    table.print();
    Ok(())
}

pub(super) fn configuration(count: usize) -> String {
    let cors = json!({
        "allow_origins": origins(count),
        "allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"],
        "allow_headers": ["Authorization", "Content-Type", "X-Request-Id"],
        "expose_headers": ["X-Request-Id"],
        "allow_credentials": true,
        "max_age": "10m",
    });
    let whole = json!({ "version": 3, "extra_config": { "security/cors": cors } });
    // One origin per line, as in a readable file.
    format!("{whole:#}")
}

fn source(origins: usize, round: usize) -> String {
    let policy = match origins {
        0 => "",
        _ => {
            "static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!(\"policy.json\");\n\
             #[used]\n\
             static KEPT: &&cors_runtime::Policy = &CORS;\n"
        }
    };
    format!("{policy}fn main() {{}}\n// {round}\n")
}
