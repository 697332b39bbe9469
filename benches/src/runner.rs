//! Runs one implementation on one case, with nothing else in the counted part.

use http::HeaderMap;

/// One implementation, prepared for one case.
pub trait Subject {
    /// The input of one call.
    type Input;
    /// The output of one call.
    type Output;
    /// Makes the input of a call.
    fn prepare(&mut self) -> Self::Input;
    /// The call itself.
    fn run(&mut self, input: &mut Self::Input) -> Self::Output;
    /// The headers of the response, if we compare them.
    fn headers(input: Self::Input, output: Self::Output) -> Option<HeaderMap>;
}

/// Any implementation.
pub trait Runner {
    /// Prepares calls.
    fn prepare(&mut self, count: usize);
    /// Makes all prepared calls.
    fn run(&mut self);
    /// The same through [`counted_call`].
    fn run_measured(&mut self);
    /// Drops the responses.
    fn clear(&mut self);
    /// The headers of the last response, if we compare them.
    fn headers(&mut self) -> Option<HeaderMap>;
}

struct Calls<S: Subject> {
    subject: S,
    inputs: Vec<S::Input>,
    outputs: Vec<S::Output>,
}

/// A runner for an implementation.
pub fn runner<S: Subject + 'static>(subject: S) -> Box<dyn Runner> {
    Box::new(Calls {
        subject,
        inputs: Vec::new(),
        outputs: Vec::new(),
    })
}

/// The function whose instructions are counted, including everything that it calls.
#[inline(never)]
fn counted_call<S: Subject>(subject: &mut S, input: &mut S::Input) -> S::Output {
    subject.run(input)
}

impl<S: Subject> Runner for Calls<S> {
    fn prepare(&mut self, count: usize) {
        self.clear();
        self.outputs.reserve(count);
        for _ in 0..count {
            let input = self.subject.prepare();
            self.inputs.push(input);
        }
    }

    fn run(&mut self) {
        for input in &mut self.inputs {
            self.outputs.push(self.subject.run(input));
        }
    }

    fn run_measured(&mut self) {
        for input in &mut self.inputs {
            self.outputs.push(counted_call(&mut self.subject, input));
        }
    }

    fn clear(&mut self) {
        self.inputs.clear();
        self.outputs.clear();
    }

    fn headers(&mut self) -> Option<HeaderMap> {
        S::headers(self.inputs.pop()?, self.outputs.pop()?)
    }
}
