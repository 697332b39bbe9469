//! What processes take: time on the clock, processor time, memory.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, io};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

/// Names the file that calls of the compiler are recorded in. Where it is set, this program is
/// cargo's `RUSTC_WRAPPER`.
pub const LOG: &str = "CORS_BENCH_LOG";

/// What one run of a program took, all that it started included.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub wall: Duration,
    pub cpu: Duration,
}

/// Runs a program to its end; its output is shown if it fails.
pub fn run(command: &mut Command) -> Result<Cost, String> {
    let before = spent();
    let start = Instant::now();
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let wall = start.elapsed();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?} failed:\n{said}"));
    }
    Ok(Cost {
        wall,
        cpu: spent().saturating_sub(before),
    })
}

/// The processor time of everything that was started and has ended.
fn spent() -> Duration {
    let micros = |time: TimeVal| 1_000_000 * time.tv_sec() + time.tv_usec();
    getrusage(UsageWho::RUSAGE_CHILDREN).map_or(Duration::ZERO, |usage| {
        let sum = micros(usage.user_time()) + micros(usage.system_time());
        Duration::from_micros(sum.unsigned_abs())
    })
}

/// The part of cargo's `RUSTC_WRAPPER`: runs the compiler, and records what it took.
pub fn compile(log: &OsString, mut arguments: impl Iterator<Item = String>) -> ExitCode {
    let Some(compiler) = arguments.next() else {
        return ExitCode::FAILURE;
    };
    let status = Command::new(compiler).args(arguments).status();
    let recorded = record(Path::new(log));
    match (status, recorded) {
        (Ok(status), Ok(())) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn record(log: &Path) -> io::Result<()> {
    // cargo also asks the compiler for its version; that belongs to no package.
    let Ok(package) = env::var("CARGO_PKG_NAME") else {
        return Ok(());
    };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    // In one piece, since compilers run side by side.
    let line = format!("{package} {} {}\n", spent().as_micros(), usage.max_rss());
    let mut file = OpenOptions::new().create(true).append(true).open(log)?;
    file.write_all(line.as_bytes())
}

/// What the compiler took for one package: its build script and its library, for the host and for
/// the target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compiled {
    pub calls: usize,
    pub cpu: Duration,
    /// The most memory of a call, in KiB.
    pub peak: u64,
}

/// Takes what was recorded, by package.
pub fn recorded(log: &Path) -> Result<BTreeMap<String, Compiled>, String> {
    let text = fs::read_to_string(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let _ = fs::remove_file(log);
    let mut packages: BTreeMap<String, Compiled> = BTreeMap::new();
    for line in text.lines() {
        let mut words = line.split(' ');
        let (Some(name), Some(cpu), Some(peak)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let number = |word: &str| word.parse::<u64>().unwrap_or_default();
        let package = packages.entry(name.to_owned()).or_default();
        package.calls += 1;
        package.cpu += Duration::from_micros(number(cpu));
        package.peak = package.peak.max(number(peak));
    }
    Ok(packages)
}

/// The measurements of one thing over all rounds.
#[derive(Default)]
pub struct Rounds(Vec<Duration>);

impl Rounds {
    pub fn add(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// In seconds.
    pub fn least(&self) -> f64 {
        self.0.iter().min().map_or(f64::NAN, Duration::as_secs_f64)
    }

    /// In seconds.
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let middle = sorted.get(sorted.len() / 2);
        middle.map_or(f64::NAN, Duration::as_secs_f64)
    }
}
