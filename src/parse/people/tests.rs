//! Tests of the people parser.
