//! Tests of the vocabulary parser.
