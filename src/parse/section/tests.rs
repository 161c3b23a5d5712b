//! Tests of the section parser.
