//! `byline completions`: a script by which a shell completes what one types.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, CommandFactory, Error};
use clap_complete::Shell;

use super::{Arguments, DONE, MACHINE};
use crate::model::code::Code;

/// Prints the script for a shell.
pub(super) fn run(shell: Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "byline", &mut script);
    match std::io::Write::write_all(&mut std::io::stdout().lock(), &script) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => MACHINE,
        _ => DONE,
    }
}

/// A kind of diagnostic as an argument: shells offer those that there are, and a slip is left to the command, which makes a guess.
#[derive(Clone)]
pub(super) struct CodeName;

impl TypedValueParser for CodeName {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Code::ALL.iter().map(|code| PossibleValue::new(code.name()).help(code.meaning()))))
    }
}
