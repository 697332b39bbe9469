//! Counting instructions: the program runs itself under callgrind, once for each implementation.

use std::process::{Command, Stdio};
use std::{env, fs, process};

use crate::cases;
use crate::kinds::Kind;

/// How many calls are counted. Each costs the same number of instructions, with two exceptions: the
/// hash maps of peers are seeded at random, and the first calls that allocate more than a kilobyte
/// search previously freed memory in vain.
const CALLS: usize = 200;

/// `run CASE KIND N`: the command that runs under callgrind.
pub fn run(case: &str, kind: &str, calls: &str) -> Result<(), String> {
    let case = cases::find(case).ok_or_else(|| format!("no case is called `{case}`"))?;
    let kind = Kind::find(kind).ok_or_else(|| format!("nothing is called `{kind}`"))?;
    let calls = calls
        .parse()
        .map_err(|_| format!("`{calls}` is no number"))?;
    let mut runner = kind.runner(case);
    // One-time work happens before counting starts.
    runner.prepare(3);
    runner.run();
    runner.prepare(calls);
    runner.run_measured();
    Ok(())
}

/// The instructions of one call, including the frame.
pub fn instructions(case: &str, kind: Kind) -> Result<f64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let file = env::temp_dir().join(format!("cors-bench-{}.out", process::id()));
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*counted_call*"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(program)
        .args(["run", case, kind.name(), &CALLS.to_string()])
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    if !status.success() {
        return Err(format!("`{case}`, {}: failed under valgrind", kind.name()));
    }
    let report = fs::read_to_string(&file).map_err(|error| error.to_string())?;
    let _ = fs::remove_file(&file);
    let total = report
        .lines()
        .find_map(|line| {
            line.strip_prefix("summary: ")
                .or(line.strip_prefix("totals: "))
        })
        .and_then(|total| total.split_whitespace().next())
        .and_then(|total| total.parse::<f64>().ok())
        .ok_or("callgrind counted nothing")?;
    Ok(total / CALLS as f64)
}
