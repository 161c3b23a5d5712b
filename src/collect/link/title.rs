//! Links by title: wikilinks, and paragraphs of plain text that are another article's headline.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Goal, Lost, Note, Outcome, Place, Resolver};
use crate::collect::Routed;
use crate::collect::route::Hidden;
use crate::model::body::{Link, LinkKind, fold_title};
use crate::model::code::Code;
use crate::model::date::Moment;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::site::{Role, Target};

/// Articles by their folded titles.
pub(super) type Titles = HashMap<String, Vec<Goal>>; // lookup only

/// How many articles of one title are compared, on either side of the one that names it.
const NAMESAKES: usize = 32;

impl Resolver<'_> {
    fn date_of(&self, goal: Goal) -> Option<Moment> {
        match goal {
            Goal::Public(at) => self.routed[at].meta.date,
            Goal::Hidden(at) => self.hidden[at].meta.date,
            Goal::Faulty => None,
        }
    }

    /// Of the articles with a title, those of `among`, the nearest in time; public ones first.
    fn titled(&self, folded: &str, place: &Place, among: impl Fn(Goal) -> bool) -> (Option<Goal>, usize) {
        let own = place.own.map(Goal::Public);
        let Some(goals) = self.titles.get(folded) else { return (None, 0) };
        let goals = nearby(goals, own);
        let fits = |goal: &&Goal| Some(**goal) != own && among(**goal);
        let here = place.date.map_or(0, |date| date.seconds());
        let distance = |goal: &&Goal| {
            let there = self.date_of(**goal).map_or(i64::MAX, |date| date.seconds().abs_diff(here) as i64);
            (matches!(goal, Goal::Hidden(_)), there, **goal)
        };
        let public = goals.iter().filter(fits).filter(|goal| matches!(goal, Goal::Public(_))).count();
        (goals.iter().filter(fits).min_by_key(distance).copied(), public)
    }

    /// A link that nobody wrote must not name an unlisted article, nor a page that is none.
    pub(super) fn cross_reference(&self, folded: &str, place: &Place) -> Target {
        let listed = |goal| matches!(goal, Goal::Public(at) if self.routed[at].role == Role::Listed);
        match self.titled(folded, place, listed).0 {
            Some(Goal::Public(at)) => Target::At(self.routed[at].url.clone(), "".into()),
            _ => Target::Nowhere,
        }
    }

    pub(super) fn wiki(&self, title: &str, place: &Place, mark: &Mark, notes: &mut Vec<Note>) -> Outcome {
        let (goal, namesakes) = self.titled(&fold_title(title), place, |_| true);
        if namesakes > 1 {
            let message = format!("{namesakes} articles bear the title `{title}`; the nearest in time is taken");
            let fault = Diagnostic::warning(Code::AmbiguousLink, message).at(mark.clone());
            notes.push(fault.hint("link by the file's path to choose").into());
        }
        goal.map_or_else(|| Outcome::Nowhere(Lost::Title(title.to_owned())), |goal| self.reach(goal))
    }
}

/// Of many articles with one title, those about the one that names it: public ones lie in the order of their dates.
fn nearby(goals: &[Goal], own: Option<Goal>) -> &[Goal] {
    let Some(own) = own.filter(|_| goals.len() > 2 * NAMESAKES) else { return goals };
    let at = goals.partition_point(|goal| *goal < own);
    &goals[at.saturating_sub(NAMESAKES)..goals.len().min(at + NAMESAKES)]
}

/// Finds the titles, where any link goes by title.
pub(super) fn titles(routed: &[Routed], hidden: &[Hidden]) -> Titles {
    let mut titles = Titles::new();
    let by_title = |link: &Link| matches!(link.kind, LinkKind::Wiki | LinkKind::CrossReference);
    if routed.par_iter().any(|article| article.meta.links.iter().any(by_title)) {
        let folded: Vec<String> = routed.par_iter().map(|article| fold_title(&article.meta.title)).collect();
        for (at, title) in folded.into_iter().enumerate() {
            titles.entry(title).or_default().push(Goal::Public(at));
        }
        for (at, article) in hidden.iter().enumerate() {
            titles.entry(fold_title(&article.meta.title)).or_default().push(Goal::Hidden(at));
        }
    }
    titles
}
