//! Why Firefox blocks, in its console's wording.

pub(crate) const MISSING: &str = "(Reason: CORS header ‘Access-Control-Allow-Origin’ missing)";
pub(crate) const MISMATCH: &str =
    "(Reason: CORS header ‘Access-Control-Allow-Origin’ does not match";
pub(crate) const WILDCARD: &str = "(Reason: Credential is not supported if the CORS header \
     ‘Access-Control-Allow-Origin’ is ‘*’)";
pub(crate) const CREDENTIALS: &str =
    "(Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’)";
pub(crate) const PREFLIGHT: &str = "(Reason: CORS preflight response did not succeed)";
pub(crate) const METHOD: &str =
    "(Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’)";
pub(crate) const DEBUG_HEADER: &str = "(Reason: header ‘x-debug’ is not allowed according to header \
     ‘Access-Control-Allow-Headers’ from CORS preflight response)";
pub(crate) const REQUEST_ID: &str = "(Reason: header ‘x-request-id’ is not allowed according to header \
     ‘Access-Control-Allow-Headers’ from CORS preflight response)";
/// What the script gets if the console says nothing.
pub(crate) const NETWORK_ERROR: &str = "NetworkError when attempting to fetch resource.";
pub(crate) const NOT_SAME_ORIGIN: &str = "may not load data from";
pub(crate) const NO_CONNECTION: &str = "can’t establish a connection to the server at";
pub(crate) const NO_SUCCESS: &str = "(Reason: CORS request did not succeed)";
