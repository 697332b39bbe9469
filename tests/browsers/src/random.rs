//! Random calls to a service that responds at random: Chromium and `testing::Browser` must send the same
//! requests, give the script the same result, and say the same in the console.
//!
//! Where they differ for a known reason, the difference has a name: see [`known`].

mod case;
mod difference;
mod generate;
mod known;
mod play;
mod stage;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use http::HeaderValue;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::browser::{Error, Session};
use case::Case;
use play::{Made, Played};
use stage::Stage;

pub(crate) const NAME: &str = "random";

const CASES: usize = 500;
const SEED: u64 = 1;
/// How many cases one script plays.
const BATCH: usize = 25;
/// How often a case that fails is played while it shrinks.
const SHRINKS: usize = 100;
/// How often a case is played that takes longer than a preflight may be kept.
const TRIES: usize = 4;
/// How many cases that fail are shown.
const SHOWN: usize = 5;

/// Plays random cases. `CORS_TEST_CASES` multiplies their number, `CORS_TEST_SEED` is the seed, and
/// `CORS_TEST_CASE` one case that is played instead.
pub(crate) async fn run(session: &Session) -> Result<(), Error> {
    let mut test = Random::new(session).await?;
    if let Ok(case) = std::env::var("CORS_TEST_CASE") {
        let case: Case = serde_json::from_str(&case)?;
        let failed = test.play(&[&case]).await?.pop().flatten();
        println!("    {}", test.counts);
        return failed.map_or(Ok(()), |failed| Err(failed.into()));
    }
    let (cases, seed) = (
        CASES * variable("CORS_TEST_CASES", 1)?,
        variable("CORS_TEST_SEED", SEED)?,
    );
    println!("    {cases} random cases with the seed {seed}");
    let mut failures = Vec::new();
    let mut first = 0;
    while first < cases && failures.len() < SHOWN {
        let numbers = first..cases.min(first + BATCH);
        first = numbers.end;
        let mut trees = numbers
            .clone()
            .map(|number| tree(seed, number))
            .collect::<Result<Vec<_>, _>>()?;
        let batch: Vec<Case> = trees.iter().map(ValueTree::current).collect();
        let failed = test.play(&batch.iter().collect::<Vec<_>>()).await?;
        for ((number, tree), failed) in numbers.zip(&mut trees).zip(failed) {
            if let Some(failed) = failed {
                let shrunken = test.shrink(tree, failed).await?;
                failures.push(format!("case {number} with the seed {seed}: {shrunken}"));
            }
        }
    }
    println!("    {}", test.counts);
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n    ").into())
    }
}

fn variable<T: FromStr>(name: &str, default: T) -> Result<T, Error>
where
    T::Err: std::error::Error + 'static,
{
    match std::env::var(name) {
        Ok(value) => Ok(value.parse()?),
        Err(_) => Ok(default),
    }
}

/// The case with a number. It does not depend on the other cases of a run.
fn tree(seed: u64, number: usize) -> Result<impl ValueTree<Value = Case>, Error> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&u64::try_from(number)?.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    Ok(generate::case()
        .new_tree(&mut runner)
        .map_err(|reason| reason.to_string())?)
}

struct Random<'s> {
    session: &'s Session,
    served: Stage,
    unserved: Stage,
    /// The number of the next play.
    next: usize,
    counts: Counts,
}

impl<'s> Random<'s> {
    async fn new(session: &'s Session) -> Result<Self, Error> {
        // The same in all responses, which scripts may read.
        let date = HeaderValue::from_str(&httpdate::fmt_http_date(SystemTime::now()))?;
        let (served, unserved) = Stage::start(date).await?;
        play::open(session, &served).await?;
        Ok(Self {
            session,
            served,
            unserved,
            next: 0,
            counts: Counts::default(),
        })
    }

    /// Plays cases, and returns for each the first difference without a name.
    async fn play(&mut self, cases: &[&Case]) -> Result<Vec<Option<String>>, Error> {
        let mut failed = vec![None; cases.len()];
        let mut left: Vec<usize> = (0..cases.len()).collect();
        for _ in 0..TRIES {
            let numbers = self.next..;
            self.next += left.len();
            let plays: Vec<(usize, &Case)> = numbers
                .zip(left.iter().map(|index| cases[*index]))
                .collect();
            let mut models = Vec::new();
            for (play, case) in &plays {
                models.push(play::by_model(&self.unserved, *play, case).await?);
            }
            let played = play::in_browser(self.session, &self.served, &plays, &models).await?;
            let mut late = Vec::new();
            for ((index, model), played) in left.iter().zip(&models).zip(&played) {
                if played.is_late {
                    late.push(*index);
                    continue;
                }
                let case = cases[*index];
                let names = difference::compare(case, played, model, known::name);
                self.counts
                    .add(played, names.as_deref().unwrap_or_default());
                failed[*index] = names.err().map(|seen| seen.to_string());
            }
            left = late;
            if left.is_empty() {
                return Ok(failed);
            }
        }
        Err("the browser is too slow for the lifetimes of preflights".into())
    }

    /// The simplest case that fails, with its first difference.
    async fn shrink(
        &mut self,
        tree: &mut impl ValueTree<Value = Case>,
        failed: String,
    ) -> Result<String, Error> {
        let counts = std::mem::take(&mut self.counts);
        let mut simplest = (tree.current(), failed);
        let mut is_smaller = tree.simplify();
        for _ in 0..SHRINKS {
            if !is_smaller {
                break;
            }
            let case = tree.current();
            is_smaller = match self.play(&[&case]).await?.pop().flatten() {
                Some(failed) => {
                    simplest = (case, failed);
                    tree.simplify()
                }
                None => tree.complicate(),
            };
        }
        self.counts = counts;
        let (case, failed) = simplest;
        let case = serde_json::to_string(&case)?;
        Ok(format!(
            "{failed}\nCORS_TEST_CASE='{}'",
            case.replace('\'', "'\\''")
        ))
    }
}

/// What a run has met.
#[derive(Default)]
struct Counts {
    cases: usize,
    calls: usize,
    preflights: usize,
    others: usize,
    blocked: usize,
    names: BTreeMap<&'static str, usize>,
}

impl Counts {
    fn add(&mut self, played: &Played, names: &[&'static str]) {
        self.cases += 1;
        self.calls += played.calls.len();
        let arrivals = played.calls.iter().flat_map(|made| &made.arrivals);
        let (preflights, others): (Vec<_>, Vec<_>) = arrivals.partition(|it| it.is_preflight());
        self.preflights += preflights.len();
        self.others += others.len();
        let is_blocked = |made: &&Made| made.outcome.is_blocked();
        self.blocked += played.calls.iter().filter(is_blocked).count();
        for name in names {
            *self.names.entry(name).or_default() += 1;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            cases,
            calls,
            preflights,
            others,
            blocked,
            names,
        } = self;
        write!(
            f,
            "{cases} cases, {calls} calls, {blocked} of them blocked, {preflights} preflights and {others} other requests"
        )?;
        for rule in known::rules() {
            let count = names.get(rule.name).copied().unwrap_or_default();
            write!(f, "\n    {count:>6} times {}", rule.name)?;
        }
        Ok(())
    }
}
