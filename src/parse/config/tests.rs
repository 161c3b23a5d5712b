//! Tests of the config parser.
