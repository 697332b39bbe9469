//! Every configuration in `tests/golden` against the report beside it. Each case is a test of its own.
//!
//! A report shows what is found from warning up, and the hints that the list names beside the case.
//! So a new hint changes no report but its own.
//!
//! `BLESS=1 cargo test -p cors-macros golden::origins::schemes` writes one report anew, and without
//! the last two words all of them; read what it wrote.

mod case;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use self::case::{Case, folder};
use crate::finding::Finding;
use crate::rules;
use crate::source::Source;

/// The tests, and the list of all cases.
macro_rules! golden {
    ($($topic:ident: $($case:ident $([$($hint:ident)*])?)* ;)*) => {
        const CASES: &[Case] = &[$($(Case {
            topic: stringify!($topic),
            name: stringify!($case),
            hints: &[$($(stringify!($hint)),*)?],
        },)*)*];

        $(mod $topic {
            $(#[test]
            fn $case() {
                super::case(stringify!($topic), stringify!($case)).check();
            })*
        })*
    };
}

golden! {
    document:
        both_namespaces
        byte_order_mark
        code_fence
        code_fence_without_end
        comma_alone_in_list
        comma_alone_in_object
        comma_too_many_at_end
        comment
        comment_at_end
        comment_before_template
        comment_before_template_value
        comment_before_value
        comment_behind_key
        comment_beside_remark
        comment_block
        comment_hash
        comment_in_front
        comment_in_list
        comment_of_lines
        comment_without_words
        duplicate_extra_config
        duplicate_key
        duplicate_key_thrice
        duplicate_sections
        empty_file
        empty_file_of_no_bytes
        extra_config_case
        extra_config_case_beside_right_one
        extra_config_misspelt
        extra_config_misspelt_beside_right_one
        fragment
        fragment_with_comment
        fragment_with_template
        included_part
        included_settings
        included_settings_with_mistakes
        lost_settings
        merge_conflict
        merge_conflicts
        named_toml
        named_yaml
        no_cors_section
        no_cors_section_at_root
        no_cors_section_cross
        no_cors_section_in_endpoint
        no_cors_section_in_many_places
        no_cors_section_name
        no_cors_section_only_settings
        no_cors_section_too_deep
        no_cors_section_twice_extra_config
        not_json
        not_json_arrow
        not_json_bare_key
        not_json_bare_word
        not_json_comma_too_many
        not_json_control_character
        not_json_direction_mark
        not_json_ends_with_comma
        not_json_escape
        not_json_escaped_apostrophe
        not_json_invisible
        not_json_key_in_list
        not_json_list_closed_by_brace
        not_json_missing_comma
        not_json_missing_comma_after_number
        not_json_missing_comma_after_space
        not_json_missing_comma_between_strings
        not_json_missing_comma_in_list
        not_json_no_break_space
        not_json_no_colon
        not_json_no_value
        not_json_number
        not_json_number_too_large
        not_json_one_bracket_too_many
        not_json_other
        not_json_python
        not_json_quotation_mark
        not_json_rust_constant
        not_json_rust_duration
        not_json_rust_macro
        not_json_rust_path
        not_json_second_bracket
        not_json_semicolon
        not_json_single_quoted_value
        not_json_single_quotes
        not_json_string_open_in_list
        not_json_two_documents
        not_json_typographic
        not_json_unclosed
        not_json_unclosed_last_string
        not_json_unclosed_string
        not_json_wrong_bracket
        not_utf8
        older_namespace
        other_format
        other_format_helm
        other_format_html
        other_format_quoted
        other_format_script
        other_format_toml
        other_format_with_comments
        other_format_xml
        partial
        partial_beyond_go
        partial_of_settings
        partial_with_action
        partial_with_braces
        places_crlf_tabs_bom
        places_escapes
        places_far_apart
        places_huge
        places_long
        places_minified
        places_one_line
        places_wide_characters
        right
        secrets_in_broken_file
        secrets_missing_comma
        secrets_on_lines
        secrets_one_line
        section_without_effect
        section_without_effect_in_many_places
        settings_file
        settings_file_of_two_environments
        settings_file_with_extra_config
        template
        template_around_section
        template_helm
        template_in_braces
        template_in_string
        template_jinja
        template_jinja_statement
        template_of_some_tool
        template_plain_variable
        template_shell
        template_that_may_replace_section
        template_value
        template_with_brackets_in_branches
        template_without_known_keys
        ten_errors
        ten_warnings
        trailing_comma
        trailing_comma_in_list
        unknown_key
        unknown_key_beside_right_one
        unknown_key_that_grants
        unknown_key_with_bad_value
        unknown_keys
        unrelated_key
        unrelated_keys
        utf16
        version_2_without_section
        version_3_with_older_namespace
        version_and_both_namespaces
        version_and_namespace
        wrong_type
        wrong_type_extra_config
        wrong_type_max_age
        wrong_type_null
        wrong_type_other
        wrong_type_root
        wrong_type_section
        wrong_type_status_fraction
        wrong_type_text_for_list
        wrong_types
    ;
    endpoints:
        api_key
        cookie_forwarded
        cookie_with_token
        double_headers
        double_headers_by_star
        everything_at_once
        forwarded_header_in_version_2
        forwarded_headers
        headers_of_pages
        json_body
        method_in_lower_case
        method_in_version_2
        method_not_allowed
        methods_of_many_endpoints
        methods_with_an_empty_list
        methods_without_a_list
        options_endpoint
        options_endpoint_with_passthrough
        passthrough_to_nothing [passthrough]
        response_headers_not_exposed [response_header_not_exposed]
        token
        token_in_another_header
        token_in_version_2
    ;
    origins:
        addresses
        any_extension
        any_extension_with_credentials
        any_origin_pattern
        any_origin_patterns
        any_origin_patterns_with_credentials
        any_origin_with_credentials
        any_scheme
        any_scheme_with_credentials
        both_schemes
        app_scheme
        bad_port
        credentials_local [local_origin_with_credentials]
        default_port
        duplicate_origin
        duplicates
        empty_origin
        everything_with_credentials
        file_origin
        hosts
        hosts_at_the_limits
        insecure_origin_with_credentials
        internal_host
        ipv4_not_canonical
        ipv6_not_canonical
        local_addresses_with_credentials [local_origin_with_credentials]
        local_origin_with_credentials [local_origin_with_credentials]
        malformed_host
        malformed_port
        missing
        missing_with_credentials
        misspelt_scheme
        misspelt_schemes
        no_origins
        no_origins_with_credentials
        non_ascii_host
        non_origin_scheme
        not_one
        not_one_origin
        not_schemes
        null_origin
        null_patterns
        null_spellings
        only_words
        open_end
        open_end_with_credentials
        open_start
        open_start_with_credentials
        origin_with_path
        origin_with_user_info
        origin_without_scheme
        origins_beside_star
        parts_that_origins_lack
        patterns
        patterns_with_credentials [subdomains_with_credentials]
        patterns_without_scheme
        other_scripts
        other_syntaxes
        placeholder
        placeholders
        placeholders_of_other_tools
        port_limits
        ports
        public_suffix
        public_suffix_with_credentials
        punycode
        regular_expression
        regular_expressions
        sample_host
        scheme_missing
        schemes
        second_star
        shared_hosts
        slips
        star_beside_mistakes
        star_is_everyone
        star_with_credentials
        subdomains_with_credentials [subdomains_with_credentials]
        suffix_behind_star_with_credentials
        suggested_once
        trailing_dot
        trailing_dot_with_credentials
        two_mistakes_with_credentials
        unusual_host
        upper_case_origin
    ;
    methods:
        duplicate_method
        every_method
        forbidden_method
        method_not_upper_case
        misspelt_method
        no_methods
        not_a_method
        one_bad_entry_keeps_the_others
        only_entry
        options_listed [options_listed]
        placeholders
        safelisted_method_missing [safelisted_method_missing]
        several_in_one
        spellings
        star_method
        unusual_method
        works_in_lower_case
    ;
    headers:
        beside_star
        content_type_missing [content_type_missing]
        duplicate_header
        exposed_beside_star
        forbidden_names
        forbidden_request_header
        headers_beside_star
        misspelt_beside_right
        misspelt_but_forwarded
        misspelt_header_name
        missing
        names
        no_allow_headers
        not_every_header
        not_a_header_name
        only_entries [origin_request_header]
        origin_request_header [origin_request_header]
        placeholders
        quotation_marks
        request_header_exposed
        response_header_allowed
        safelisted_request_header [safelisted_request_header]
        safelisted_response_header [safelisted_response_header]
        several_in_one
        star_and_authorization
        star_beside_misspelt
        star_beside_names_with_credentials
        star_expose_with_credentials
        star_headers_with_credentials
        star_inside_header_name
        star_with_credentials_and_one_write
        star_with_credentials_and_reads
        ten_forbidden
        unexposable_header
        words_in_one
    ;
    options:
        credentials_for_authorization [credentials_for_authorization]
        debug_on
        malformed_max_age
        max_age_above_a_day
        max_age_above_caps [max_age_above_caps]
        max_age_below_a_second
        max_age_day [max_age_above_caps]
        max_age_days
        max_age_exponent
        max_age_firefox [max_age_above_caps]
        max_age_fraction [max_age_not_plain max_age_above_caps]
        max_age_almost_two_seconds
        max_age_fraction_of_a_second
        max_age_fraction_of_an_hour [max_age_above_caps]
        max_age_greek_mu
        max_age_longest [max_age_not_plain]
        max_age_many_digits
        max_age_negative
        max_age_negative_fraction
        max_age_no_unit
        max_age_not_plain [max_age_not_plain max_age_above_caps]
        max_age_nothing
        max_age_only_a_unit
        max_age_placeholder
        max_age_plus [max_age_not_plain]
        max_age_spaces
        max_age_too_long
        max_age_upper_case
        max_age_week
        max_age_words
        max_age_words_of_a_day
        max_age_zero
        no_max_age [no_max_age]
        passthrough [passthrough]
        private_network [private_network]
        private_network_for_any_origin
        status_negative
        status_out_of_range
        status_redirect
        status_too_large
        status_whole_fraction
        status_with_passthrough
        status_zero
        unusual_status
    ;
}

fn case(topic: &str, name: &str) -> &'static Case {
    let mut cases = CASES.iter();
    cases
        .find(|case| (case.topic, case.name) == (topic, name))
        .unwrap()
}

/// Every case with all that is found.
pub(super) fn cases() -> impl Iterator<Item = (String, Source, Vec<Finding>)> {
    CASES.iter().map(|case| {
        let (source, findings) = case.found();
        (format!("{}/{}", case.topic, case.name), source, findings)
    })
}

#[test]
fn every_file_belongs_to_a_case() {
    let known: BTreeSet<PathBuf> = CASES
        .iter()
        .flat_map(|case| [case.configuration(), case.report()])
        .collect();
    let topics = fs::read_dir(folder()).unwrap();
    let files: BTreeSet<PathBuf> = topics
        .flat_map(|topic| fs::read_dir(topic.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    let strays: Vec<&PathBuf> = files.symmetric_difference(&known).collect();
    assert!(strays.is_empty(), "no case, or no file: {strays:?}");
}

#[test]
fn every_rule_has_a_case() {
    let shown: BTreeSet<&str> = CASES
        .iter()
        .flat_map(|case| case.shown().1)
        .map(|finding| finding.rule.name)
        .collect();
    let lacking: Vec<&str> = rules::all()
        .map(|rule| rule.name)
        // Paths are no cases here, which are about what one file says: `source::search` tests them.
        .filter(|name| ![rules::UNREADABLE_FILE.name, rules::TWO_FILES.name].contains(name))
        // A case has no `within`: `ceiling` tests what is said of one.
        .filter(|name| !rules::CEILING.iter().any(|rule| rule.name == *name))
        .filter(|name| !shown.contains(name))
        .collect();
    assert!(lacking.is_empty(), "no golden case shows {lacking:?}");
}
