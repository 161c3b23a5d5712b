//! Tests of the theme parser.
