// The modules of the compiler, for a crate that compiles them without the macro. It includes this file.

mod call;
mod check;
mod config;
mod draw;
mod edits;
mod finding;
mod gateway;
mod json;
mod levels;
mod literal;
mod policy;
mod report;
mod rules;
mod source;
mod spelling;
mod stages;
mod written;
