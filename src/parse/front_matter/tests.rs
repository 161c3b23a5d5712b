//! Tests of the front_matter parser.
