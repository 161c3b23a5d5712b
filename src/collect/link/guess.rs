//! "Did you mean" for links that lead nowhere.

use super::{Lost, Note, Resolver};
use crate::model::diagnostic::Diagnostic;
use crate::model::suggest;

impl Resolver<'_> {
    /// Notes what is wrong with links, with the names that may have been meant.
    pub(super) fn settle(&mut self, found: impl IntoIterator<Item = Note>, notes: &mut Vec<Diagnostic>) {
        for Note { fault, lost } in found {
            let near = lost.filter(|_| self.may_guess()).and_then(|lost| self.guess(&lost));
            notes.push(fault.hint_maybe(near.map(|near| format!("did you mean `{near}`?"))));
        }
    }

    /// Whether a name may be looked for that is near to one that leads nowhere: the search compares all there are.
    fn may_guess(&mut self) -> bool {
        self.guesses = self.guesses.saturating_sub(1);
        self.guesses > 0
    }

    fn guess(&self, lost: &Lost) -> Option<String> {
        match lost {
            Lost::Path { written, folder, absolute } => self.near(written, folder, *absolute),
            Lost::Title(title) => {
                let titles = self.routed.iter().map(|article| article.meta.title.as_str());
                suggest::nearest(title, titles).map(str::to_owned)
            }
        }
    }

    /// A path or address near to one that leads nowhere.
    fn near(&self, written: &str, folder: &str, absolute: bool) -> Option<String> {
        let public = self.routed.iter().filter_map(|article| article.meta.path.below("content"));
        let name = written.trim_end_matches('/').rsplit('/').next().unwrap_or(written);
        let same_name =
            public.clone().find(|path| path.rsplit('/').next() == Some(name)).map(|path| format!("/{path}"));
        let from_here = |path: &str| {
            if absolute || folder.is_empty() {
                Some(path.to_owned())
            } else {
                path.strip_prefix(&format!("{folder}/")).map(str::to_owned)
            }
        };
        same_name.or_else(|| {
            let near: Vec<String> = public.chain(self.shelves.paths()).filter_map(from_here).collect();
            let written = written.trim_start_matches("@/").trim_start_matches('/');
            let slash = if absolute { "/" } else { "" };
            let addresses = self.known.all().filter(|_| absolute).map(|url| url.trim_start_matches('/'));
            suggest::nearest(written, near.iter().map(String::as_str).chain(addresses))
                .map(|near| format!("{slash}{near}"))
        })
    }
}
