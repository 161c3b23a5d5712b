//! `byline explain`: what a kind of diagnostic means, and what to do about it.

use super::{DONE, USAGE, complain};
use crate::model::code::Code;
use crate::model::suggest;

/// Explains one kind, or lists them all.
pub(super) fn run(code: Option<&str>) -> u8 {
    let Some(name) = code else {
        let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
        for code in Code::ALL {
            println!("{:width$}  {}", code.name(), code.meaning());
        }
        return DONE;
    };
    let bare = name.trim().trim_matches(['[', ']']);
    match Code::named(bare) {
        Some(code) => {
            println!("{}: {}\n\n{}", code.name(), code.meaning(), code.remedy());
            DONE
        }
        None => {
            let near = suggest::nearest(bare, Code::ALL.iter().map(|code| code.name()));
            let hint = near.map_or_else(
                || "`byline explain` lists all kinds".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            complain(&format!("there is no kind of diagnostic named `{name}`"), &hint);
            USAGE
        }
    }
}
