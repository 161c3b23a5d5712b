//! A body as a page shows it: HTML, and the blocks that their templates are to put into it.

use serde::{Serialize, Serializer};

use crate::model::digest::Digest;
use crate::model::shared::Shared;
use crate::model::strings::Strings;
use crate::model::view::picture::PictureView;

/// A body: HTML. Templates see it with its blocks in place; before that, it counts with the data of each block and the digest of
/// its template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BodyView {
    /// HTML; once `blocks` is empty, all of it.
    pub html: String,
    /// The blocks, in the order of their places.
    pub blocks: Vec<BlockView>,
    /// What pages say in its language, for its blocks; the view that holds the body counts with it.
    pub strings: Option<Shared<Strings>>,
}

/// A block that is to be put in its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlockView {
    /// The byte offset in the HTML where it goes.
    pub at: usize,
    /// Its kind: `figure` is shown by `blocks/figure.html`.
    pub kind: Box<str>,
    /// Its data by field.
    pub data: Vec<(Box<str>, DatumView)>,
    /// The digest of everything that its template reaches.
    pub template: Digest,
}

/// A value of a block, links resolved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum DatumView {
    /// None was given, or what it names is not published.
    None,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text.
    Text(Box<str>),
    /// An image in all its sizes.
    Picture(Box<PictureView>),
    /// HTML: templates write it as it is.
    Html(String),
    /// A list.
    List(Vec<DatumView>),
    /// A mapping.
    Map(Vec<(Box<str>, DatumView)>),
}

impl Serialize for BodyView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            self.html.serialize(serializer)
        } else {
            (&self.html, &self.blocks).serialize(serializer)
        }
    }
}
