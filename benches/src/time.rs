//! Measuring time.
//!
//! A shared machine changes its speed for seconds at a time. Rounds are therefore interleaved, each
//! running everything once, and the 10th percentile counts: the speed that comes back.

use std::time::Instant;

use crate::cases::{self, Case};
use crate::kinds::Kind;
use crate::lookup;
use crate::table::Table;

const ROUNDS: usize = 61;
/// Calls between two looks at the clock: few, so that their inputs stay in the nearest cache.
const CALLS: usize = 16;
const BATCHES: usize = 32;

/// Prints the tables.
pub fn time(names: &[&str]) -> Result<(), String> {
    let whole = |time: f64| format!("{time:.0}");
    let exact = |time: f64| format!("{time:.1}");
    let ratio = |ours: f64, theirs: f64| format!("{:.2}", ours / theirs);

    let mut table = Table::new("nanoseconds");
    table.head(["ours", "limit", "×", "held", "×", "least", "×"]);
    table.head(["tower", "tower-http", "×", "actix-cors", "×"]);
    for case in cases::named(names)? {
        let [ours, held, limit, least, tower, tower_http, actix] = net(case, Kind::MEASURED);
        table.row(
            case.name,
            [
                whole(ours),
                whole(limit),
                ratio(ours, limit),
                whole(held),
                ratio(held, limit),
                whole(least),
                ratio(ours, least),
                whole(tower),
                whole(tower_http),
                ratio(tower, tower_http),
                whole(actix),
                ratio(tower, actix),
            ],
        );
    }
    table.print();
    if !names.is_empty() {
        return Ok(());
    }

    let mut table = Table::new("looking up, nanoseconds");
    table.head(["ours", "floor", "×", "held", "×", "phf::Set", "×"]);
    for (case, name) in lookup::CASES {
        let Some(case) = cases::find(case) else {
            continue;
        };
        let [ours, held, floor, phf] = net(case, Kind::LOOKUPS);
        table.row(
            name,
            [
                exact(ours),
                exact(floor),
                ratio(ours, floor),
                exact(held),
                ratio(held, floor),
                exact(phf),
                ratio(ours, phf),
            ],
        );
    }
    table.print();
    Ok(())
}

/// The times of some kinds, without their frames.
fn net<const N: usize>(case: &'static Case, kinds: [Kind; N]) -> [f64; N] {
    let mut runners = Kind::ALL.map(|kind| {
        let wanted = kinds.iter().any(|of| *of == kind || of.frame() == kind);
        wanted.then(|| kind.runner(case))
    });
    let mut times = Kind::ALL.map(|_| Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        for (runner, times) in runners.iter_mut().zip(&mut times) {
            let Some(runner) = runner else { continue };
            let mut nanoseconds = 0;
            for _ in 0..BATCHES {
                runner.prepare(CALLS);
                let start = Instant::now();
                runner.run();
                nanoseconds += start.elapsed().as_nanos();
            }
            times.push(nanoseconds as f64 / (CALLS * BATCHES) as f64);
        }
    }
    let gross = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times.get(ROUNDS / 10).copied().unwrap_or(f64::NAN)
    });
    let of = |kind| {
        let index = Kind::ALL.iter().position(|each| *each == kind);
        index
            .and_then(|index| gross.get(index))
            .copied()
            .unwrap_or(f64::NAN)
    };
    kinds.map(|kind| of(kind) - of(kind.frame()))
}
