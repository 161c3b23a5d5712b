//! What highlighting remembers of lines. Much of what programs are made of stands in many of them (`}`, `set -eu`, an import),
//! and the tokens of a line depend on its bytes and on what the lines before it left open, and on nothing else: they are worked
//! out once. The outcome is the same with and without.

use std::collections::HashMap;

use syntect::parsing::{BasicScopeStackOp, ParseState, ScopeStack, SyntaxReference};

use super::{SYNTAXES, Token, push, scopes};

/// How many lines are remembered at once.
const LINES: usize = 4_096;
/// How many states are: looking one up takes time in proportion to them.
const STATES: usize = 256;
/// The longest line that is remembered, in bytes.
const LINE: usize = 200;

/// What is open at the end of a line.
#[derive(Clone, PartialEq, Eq)]
struct State {
    parser: ParseState,
    scopes: ScopeStack,
    /// The class that each open scope gives to what stands in it.
    classes: Vec<u8>,
}

/// A state on the way through a block.
enum Current {
    /// One that is remembered, by its place.
    Known(usize),
    /// One for which there was no room.
    Loose(Box<State>),
}

/// What a line comes to.
struct Line {
    /// Its tokens, by their places in it.
    tokens: Box<[Token]>,
    /// The state at its end; `None` where the grammar failed.
    next: Option<usize>,
}

/// A state that is remembered, and the lines that begin in it.
struct Known {
    state: State,
    lines: HashMap<Box<str>, Line>,
}

/// A highlighter for many articles, one after the other.
#[derive(Default)]
pub struct Highlighter {
    /// The states that are remembered.
    states: Vec<Known>,
    /// How many lines those are.
    lines: usize,
}

impl Highlighter {
    /// Cuts code into tokens; what has no class is in none. Lines that are longer than `limit` bytes are passed over.
    pub(super) fn tokens(&mut self, code: &str, syntax: &SyntaxReference, limit: usize) -> Vec<Token> {
        if self.lines >= LINES || self.states.len() >= STATES {
            *self = Self::default();
        }
        let start = State { parser: ParseState::new(syntax), scopes: ScopeStack::new(), classes: Vec::new() };
        let mut state = self.place(start);
        let mut tokens = Vec::new();
        let mut at = 0;
        for line in code.split_inclusive('\n') {
            if line.len() <= limit {
                let Some(next) = self.line(state, line, |token| {
                    push(&mut tokens, code, at + token.range.start..at + token.range.end, token.class);
                }) else {
                    break;
                };
                state = next;
            }
            at += line.len();
        }
        tokens
    }

    /// The tokens of one line, and the state at its end.
    fn line(&mut self, state: Current, line: &str, take: impl FnMut(&Token)) -> Option<Current> {
        if let Current::Known(place) = state
            && let Some(known) = self.states[place].lines.get(line)
        {
            known.tokens.iter().for_each(take);
            return known.next.map(Current::Known);
        }
        let (origin, mut state) = match state {
            Current::Known(place) => (Some(place), self.states[place].state.clone()),
            Current::Loose(state) => (None, *state),
        };
        let (tokens, sound) = parse(&mut state, line);
        tokens.iter().for_each(take);
        let next = sound.then(|| self.place(state));
        let place = match next {
            None => None,
            Some(Current::Known(place)) => Some(place),
            Some(Current::Loose(_)) => return next,
        };
        if let Some(origin) = origin
            && line.len() <= LINE
            && self.lines < LINES
        {
            self.lines += 1;
            self.states[origin].lines.insert(line.into(), Line { tokens: tokens.into(), next: place });
        }
        next
    }

    /// Finds a state among those remembered, or remembers it if there is room.
    fn place(&mut self, state: State) -> Current {
        match self.states.iter().position(|known| known.state == state) {
            Some(place) => Current::Known(place),
            None if self.states.len() < STATES => {
                self.states.push(Known { state, lines: HashMap::new() });
                Current::Known(self.states.len() - 1)
            }
            None => Current::Loose(Box::new(state)),
        }
    }
}

/// The tokens of a line; `false` where the grammar failed in it.
fn parse(state: &mut State, line: &str) -> (Vec<Token>, bool) {
    let mut tokens = Vec::new();
    let State { parser, scopes, classes } = state;
    let Ok(operations) = parser.parse_line(line, &SYNTAXES) else { return (tokens, false) };
    let mut at = 0;
    for (offset, operation) in operations {
        push(&mut tokens, line, at..offset, innermost(classes));
        at = at.max(offset);
        let applied = scopes.apply_with_hook(&operation, |step, _| match step {
            BasicScopeStackOp::Push(scope) => classes.push(scopes::class(scope).unwrap_or_else(|| innermost(classes))),
            BasicScopeStackOp::Pop => {
                classes.pop();
            }
        });
        if applied.is_err() {
            return (tokens, false);
        }
    }
    push(&mut tokens, line, at..line.len(), innermost(classes));
    (tokens, true)
}

fn innermost(classes: &[u8]) -> u8 {
    classes.last().copied().unwrap_or(scopes::PLAIN)
}
