//! What processes cost: wall-clock time, processor time, memory.

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

/// Names the file that records compiler calls. If it is set, this program runs as cargo's
/// `RUSTC_WRAPPER`.
pub const LOG: &str = "CORS_BENCH_LOG";

/// The cost of one run of a program, including everything that it started.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub wall: Duration,
    pub cpu: Duration,
}

/// Runs a program to its end. If it fails, its output is shown.
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

/// The processor time of all child processes that have ended.
fn spent() -> Duration {
    let micros = |time: TimeVal| 1_000_000 * time.tv_sec() + time.tv_usec();
    getrusage(UsageWho::RUSAGE_CHILDREN).map_or(Duration::ZERO, |usage| {
        let sum = micros(usage.user_time()) + micros(usage.system_time());
        Duration::from_micros(sum.unsigned_abs())
    })
}

/// Acts as cargo's `RUSTC_WRAPPER`: runs the compiler and records the cost.
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
    // cargo also queries the compiler's version, which belongs to no package.
    let Ok(package) = env::var("CARGO_PKG_NAME") else {
        return Ok(());
    };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    // In a single write, because compilers run in parallel.
    let line = format!("{package} {} {}\n", spent().as_micros(), usage.max_rss());
    let mut file = OpenOptions::new().create(true).append(true).open(log)?;
    file.write_all(line.as_bytes())
}

/// The compiler's cost for one package: its build script and its library, for host and target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compiled {
    pub calls: usize,
    pub cpu: Duration,
    /// The peak memory of a call, in KiB.
    pub peak: u64,
}

/// Takes the recorded costs, by package.
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

/// One measurement over all rounds.
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
