//! From a question to its answer: each kind of answer has a look of its own.

use std::rc::Rc;

use super::{firm, no_tier};
use crate::app::list::InUse;
use crate::app::view::View;
use crate::app::{App, today};
use crate::checker::Kind;

/// The screen for a question.
pub(crate) fn view(app: &Rc<App>, list: &Rc<InUse>, query: &str) -> Vec<View> {
    let answer = list.checker.check(query, today());
    match answer.kind {
        Kind::Inspected | Kind::Listed => firm::view(app, list, query, &answer),
        Kind::Mistyped => no_tier::mistyped(app, list, query, &answer),
        Kind::NotListed => no_tier::not_listed(app, list, query, &answer),
        Kind::Several => no_tier::several(app, list, &answer),
    }
}
