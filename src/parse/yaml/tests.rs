//! Tests of the yaml parser.
