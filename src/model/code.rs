//! The kinds of diagnostic, each with the text that `byline explain` prints.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($variant:ident $name:literal $meaning:literal $remedy:literal)+) => {
        /// A kind of diagnostic; its name is stable and may be searched for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $meaning] #[serde(rename = $name)] $variant,)+
        }

        impl Code {
            /// All kinds, in the order of the pipeline.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// The name that reports show.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),+ }
            }

            /// What it means, in one sentence without a final stop.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning),+ }
            }

            /// Why it is so, and what to do.
            pub fn remedy(self) -> &'static str {
                match self { $(Code::$variant => $remedy),+ }
            }
        }
    };
}

codes! {
    Config "config"
        "A key or value of site.yaml is not understood"
        "site.yaml holds only the keys that the manual lists, each with a value of its type. An unknown key is an error, because a misspelt key would silently leave the default in force."
    Yaml "yaml"
        "A YAML document cannot be read"
        "The text is not YAML. The usual causes: a colon followed by a space in an unquoted value (put the value in quotes), a tab used for indentation (use spaces), a quote that is never closed."
    Toml "toml"
        "A TOML document cannot be read"
        "The text between the +++ lines, or the file, is not TOML. Strings need quotes and each key stands on its own line."
    Json "json"
        "A JSON document cannot be read"
        "The text is not JSON. Keys and strings need double quotes, and the last item of a list takes no comma."
    Csv "csv"
        "A CSV file cannot be read"
        "Each row needs as many fields as the header row, and a field with a quote in it needs quotes around it."
    FrontMatter "front-matter"
        "The front matter is not well formed"
        "Front matter is a mapping of keys to values between two lines of --- (YAML) or +++ (TOML), or one JSON object, at most 64 KiB long and 32 levels deep, at the very start of the file."
    DuplicateKey "duplicate-key"
        "A key is given twice in one mapping"
        "Only one of the two values could count, and which one is not for a program to guess. Remove one of them."
    UnknownKey "unknown-key"
        "A key is not one of those that Byline knows"
        "It has no effect. Correct its spelling, or put your own keys below `extra:`, where templates find them."
    WrongType "wrong-type"
        "A value has the wrong type"
        "The key takes another kind of value: see the front matter reference in the manual. Note that YAML 1.2 reads `yes` and `no` as text: write `true` or `false`."
    BadDate "bad-date"
        "A date cannot be read"
        "Write 2017-10-26, 2017-10-26 12:54 or RFC 3339 (2017-10-26T12:54:00+08:00). Plain text articles may also use the forms that newspapers print."
    Weekday "weekday"
        "A weekday contradicts its date"
        "The date is taken as it stands and the weekday is ignored. One of the two is wrong in the original."
    Zone "zone"
        "A zone abbreviation contradicts the site's time zone"
        "Dates are read in the site's `timezone`. Change the key, or write the date with a numeric offset."
    Cascade "cascade"
        "A key may not cascade"
        "title, slug, url, aliases and dates belong to one article each and cannot be defaults of a folder."
    Encoding "encoding"
        "A file is not in the encoding that was announced"
        "Articles are UTF-8 unless `text.encoding` says otherwise, in site.yaml or in the `cascade:` of a folder's _index.md."
    OrphanSidecar "orphan-sidecar"
        "A YAML file has no article beside it"
        "A sidecar bears the name of the .txt or .html file that it describes. Rename it, or move it to data/."
    Faulty "faulty"
        "An article was left out because of an error in it"
        "Under `faulty: withhold` an article with an error is withheld and the others are published."
    Title "title"
        "An article has no headline"
        "Give it a `title:`, or a first heading."
    Author "author"
        "An author is not listed in authors.yaml"
        "Under `authors: {strict: true}` every author needs an entry in content/authors.yaml, by id, name or alias."
    People "people"
        "An entry of authors.yaml is not understood"
        "authors.yaml maps an id to name, aliases, role, bio, image, email, url, links and former. An id, name or alias belongs to one person only."
    Vocabulary "vocabulary"
        "An entry of tags.yaml is not understood"
        "tags.yaml maps a tag's name to slug, description, synonyms, broader, match and deprecated. A name or synonym belongs to one tag only."
    Slug "slug"
        "A slug cannot be made or used"
        "A slug is one segment of a URL: letters, digits and hyphens, not a name that is reserved at the top level (archive, tags, authors, series, search, page, four digits)."
    Path "path"
        "A path cannot be published"
        "Some file system or URL parser would read it differently: it has a reserved character or name, leaves its folder, or is too long."
    Collision "collision"
        "Two sources claim one output"
        "Two pages would be written to the same file, perhaps differing only in letter case. Change the slug, url or alias of one of them."
    BrokenLink "broken-link"
        "A link leads nowhere"
        "The target is neither an article, a heading, an asset nor a page of the site. For an archive with many dead links, set `links: {broken: warn}`."
    HiddenLink "hidden-link"
        "A link leads to something that is not published"
        "The target is a draft, held back until its date, or expired. The link shows as plain text until the target is published."
    AmbiguousLink "ambiguous-link"
        "A wikilink names several articles"
        "Several articles bear this title; the nearest in time is taken. Link by path to choose."
    Scheme "scheme"
        "A link has a scheme that is not allowed"
        "Links in articles may be relative or use http, https, mailto or tel. Others, javascript: and data: among them, are dropped."
    Asset "asset"
        "A file that an article names does not exist"
        "Paths are relative to the article's file, or begin with / and count from content/."
    Image "image"
        "An image cannot be published"
        "It is damaged, of a format that cannot be read, larger than `images.max_pixels` of site.yaml allows, or it holds private metadata that cannot be taken out. Save it anew as JPEG, PNG, WebP, GIF or SVG. For an archive with damaged images, `links: {broken: warn}` shows them as they are."
    Alt "alt"
        "An image has no alternative text"
        "Readers who cannot see it, search engines and printers of Braille learn nothing of it. Say what it shows: `![A ferry at the pier](ferry.jpg)`, or `image: {src: ferry.jpg, alt: A ferry at the pier}`. An image that says nothing of its own is marked so by an empty text: `alt: \"\"` in the front matter, `<img src=\"rule.png\" alt=\"\">` in the body."
    Symlink "symlink"
        "A symbolic link leaves the site or forms a loop"
        "What lies outside the site folder is never published."
    Skipped "skipped"
        "A file was passed over"
        "Editors' leftovers, .git folders, .env files, devices and pipes are never published."
    Strings "strings"
        "A file of strings/ is not as pages need it"
        "A file of strings/ is named for a language and says in it what pages say beside what articles say. Each key has the type that English gives it, a form `other` where it counts something, and no other gaps in braces than English has. What a language does not say, pages say in the site's language, or else in English."
    Theme "theme"
        "A theme is missing or not understood"
        "A theme is a folder of themes/ with a theme.yaml: name, theme_api: 1, options, queries; or one of those built in."
    Block "block"
        "A block in an article, or what is declared of its kind, is not understood"
        "A fence that begins with ```block NAME holds data in YAML. templates/blocks/NAME.yaml declares its fields and templates/blocks/NAME.html shows them; the manual lists the blocks that are built in."
    Math "math"
        "A formula cannot be read"
        "Under `math: true` dollar signs enclose LaTeX, which becomes MathML when the site is built. The message names what is not understood; a dollar sign that begins no formula is written with a backslash before it."
    Stylesheet "stylesheet"
        "A stylesheet of the theme cannot be read"
        "It is published as it stands, and browsers will pass over what they do not understand. The message names the place."
    Template "template"
        "A template has an error"
        "The message names the template, the place in it, and the page that was being rendered."
    UnknownField "unknown-field"
        "A template reads what is not there"
        "Neither the views of the pages that the template makes have it, nor the options and queries of the theme. What is misspelt in a condition counts as false, and nobody sees it; `byline theme check` does."
    Data "data"
        "A data file is missing or not understood"
        "`data:` names files of the data/ folder: YAML, TOML, JSON or CSV."
    Limit "limit"
        "A bound was passed"
        "Every stage has a bound, so that no input can exhaust the machine. The message names it."
    ForeignOutput "foreign-output"
        "The output folder holds files that Byline did not write"
        "Nothing is written into it. Choose another folder with --output, or accept the folder as it is with --adopt: its files stay where they are."
    ChangedOutput "changed-output"
        "A file in the output was changed by someone else"
        "A file that the site still has is written anew in its place; one that it no longer has is left where it is, since Byline deletes only what it wrote itself. Keep your own files outside the output folder, or in static/."
    Busy "busy"
        "Another build of this site is running"
        "One build at a time writes to an output folder. Wait for it to end."
    Ledger "ledger"
        "A published URL is no longer served"
        "permalinks.txt lists it. Give the article that took its place an alias, or remove the line if the page is gone for good."
    Repeated "repeated"
        "A paragraph stands in many files"
        "Page furniture that an export left behind can be left out with `text: {drop: [...]}`."
    Verify "verify"
        "The output is not what a build from nothing gives"
        "`--verify` built the site again without any cache and found another file or another diagnostic. Someone changed the output, or Byline made a mistake. Build with `--fresh`; if that mends it and nobody touched the output, please report it."
    Import "import"
        "Something of the imported collection has no counterpart here"
        "The new site has no place for it: templates and themes, pages that Byline makes by itself, settings of the other generator. The original stands as it was."
    Unconverted "unconverted"
        "Something in the imported collection could not be converted"
        "It is left readable in the article, or below `extra:` in its front matter. Write in its place what it stood for."
    OldAddress "old-address"
        "An address of the imported collection does not lead where it led"
        "Two of its pages claimed one address, or the new site serves something else there. Give the article that should have the address a `url:` or an alias."
    Interrupted "interrupted"
        "The build was called off"
        "It was interrupted, or told to end, before it began to change the output: what stood there stands unchanged."
    Io "io"
        "The machine failed"
        "A file could not be read or written: the message of the operating system follows."
    Unfit "unfit"
        "The output is not fit to be published"
        "What was built with --drafts, with a moment of --as-of that is yet to come, or for an address of your own machine is for your eyes. `byline publish` builds the site as readers should see it; with --no-build it takes what stands, and what stands must have been built so."
    ForeignTarget "foreign-target"
        "A target holds what Byline did not publish"
        "Byline does not write over what others put there. Choose another place, or write `adopt: true` into the target, and the files of others stay as they are, save those in whose place the site has its own."
    Remote "remote"
        "A host cannot be reached, or refuses"
        "Nothing is lost: what was sent stays, readers see a whole site, and the next `byline publish` goes on where this one ended. Credentials come from the environment or from the files of the tool concerned."
    Panic "panic"
        "Byline met a fault of its own"
        "A page could not be processed because of a mistake in Byline. Nothing was published; please report it with the file that the message names."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Code {
    /// Looks a kind up by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
