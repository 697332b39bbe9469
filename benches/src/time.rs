//! Measuring time.
//!
//! A shared machine changes its speed for seconds at a time. Rounds are therefore interleaved: each
//! runs everything once. The 10th percentile counts, because that speed is reproducible.

use std::time::Instant;

use crate::cases::Case;
use crate::kinds::Kind;

const ROUNDS: usize = 61;
/// Calls between two readings of the clock: few, so that their inputs stay in the L1 cache.
const CALLS: usize = 16;
const BATCHES: usize = 32;

/// The time of one call of each kind, including the frame.
pub fn nanoseconds(case: &'static Case, kinds: &[Kind]) -> Vec<f64> {
    let runner = |kind: &Kind| (kind.runner(case), Vec::with_capacity(ROUNDS));
    let mut runners: Vec<_> = kinds.iter().map(runner).collect();
    for _ in 0..ROUNDS {
        for (runner, times) in &mut runners {
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
    let percentile = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(ROUNDS / 10).copied().unwrap_or(f64::NAN)
    };
    runners
        .into_iter()
        .map(|(_, times)| percentile(times))
        .collect()
}
