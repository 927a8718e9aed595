import { isSupportedCountry } from 'libphonenumber-js/max';
import { IsText } from '../validation/index.js';
import { isRecord } from '../validation/is-record.js';
import { createRuleDecorator } from '../validation/rule.js';
import { isWellFormed } from '../validation/well-formed.js';
import { isAccountName, MAX_ACCOUNT_NAME_LENGTH } from './account-name.js';
import { isLoopback } from './loopback.js';

/** A host in ASCII. Other letters can be mistaken for another host. */
const PLAIN_HOST = /^https?:\/\/(?:[a-z\d.-]+|\[[\da-f:.]+\])(?::\d+)?(?=\/|$)/i;

/** `URL` would resolve it, so that the URL would differ from the one that is shown. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** An https URL, or an http URL of this machine. */
export const IsBaseUrl = createRuleDecorator('isHttpsOrLoopback', {
  validate(value) {
    // URL itself ignores spaces, line breaks and more.
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value) || /[?#@\\]/.test(value)) return false;
    if (!PLAIN_HOST.test(value) || DOT_SEGMENT.test(value) || !URL.canParse(value)) return false;
    const url = new URL(value);
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  },
  message:
    '$property must be an https URL in ASCII without user name, query, fragment, spaces, and "." or ".." in its path; ' +
    'http is only allowed for loopback addresses',
});

const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';

/** A name with at least two labels. The last one has a letter, so that it is not an IP address. */
const HOST_NAME = new RegExp(`^\\.?(?:${LABEL}\\.)+(?=[^.]*[a-z])${LABEL}$`, 'i');

/** Names of hosts. One that begins with a dot stands for all its subdomains. */
export const IsHostNames = createRuleDecorator('isHostNames', {
  validate: (value) =>
    Array.isArray(value) &&
    value.every((host) => typeof host === 'string' && host.length <= 254 && HOST_NAME.test(host)),
  message:
    '$property must be an array of host names such as files.example.com, or .example.com for all its subdomains, in ' +
    'ASCII, without scheme, port and path',
});

const IsHeaderValue = createRuleDecorator('isHeaderValue', {
  validate: (value) => typeof value !== 'string' || /^[\x21-\x7e]*$/.test(value),
  message: '$property must contain only printable ASCII characters without spaces, because it is sent in a header',
});

/** A credential that is sent in a header. */
export function IsCredential(): PropertyDecorator {
  return (target, property) => {
    IsText()(target, property);
    IsHeaderValue()(target, property);
  };
}

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

/** Headers of the connection and of the body, which belong to the HTTP client. */
const CLIENT_HEADER =
  /^(?:accept(?:-.*)?|connection|content-.*|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

/** The name of a header with a credential. */
export const IsHeaderName = createRuleDecorator('isHeaderName', {
  validate: (value) => typeof value === 'string' && TOKEN.test(value) && !CLIENT_HEADER.test(value),
  message: '$property must be the name of a header, but not of one that the HTTP client or the body needs',
});

/** Segments of letters, digits, "-", "_", "." and "~", or an empty string. */
export const IsApiPath = createRuleDecorator('isApiPath', {
  validate(value) {
    if (value === '') return true;
    if (typeof value !== 'string') return false;
    return value.split('/').every((segment) => /^[\w~.-]+$/.test(segment) && segment !== '.' && segment !== '..');
  },
  message:
    '$property must be empty, or contain only letters, digits, "-", "_", "." and "~", with "/" between segments, ' +
    'and no "." or ".." as a segment',
});

/** A secret, or several while it is rotated. */
export const IsSecretOrSecrets = createRuleDecorator('isSecretOrSecrets', {
  validate(value) {
    const secrets = Array.isArray(value) ? value : [value];
    return secrets.length > 0 && secrets.every((secret) => typeof secret === 'string' && secret.trim() !== '');
  },
  message: '$property must be a non-empty string, or an array of such strings',
});

/** A number greater than 0. */
export const IsPositiveNumber = createRuleDecorator('isPositiveNumber', {
  validate: (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  message: '$property must be a number greater than 0',
});

/** A function. */
export const IsFunction = createRuleDecorator('isFunction', {
  validate: (value) => typeof value === 'function',
  message: '$property must be a function',
});

/** An array of functions. */
export const IsFunctions = createRuleDecorator('isFunctions', {
  validate: (value) => Array.isArray(value) && value.every((each) => typeof each === 'function'),
  message: '$property must be an array of functions',
});

/** A logger, or whether to log. */
export const IsLogger = createRuleDecorator('isLogger', {
  validate(value) {
    if (typeof value === 'boolean') return true;
    return typeof value === 'object' && value !== null && 'log' in value && 'error' in value && 'warn' in value;
  },
  message: '$property must be true, false, or a logger with log, warn and error',
});

/** A country whose phone numbers libphonenumber can parse. */
export const IsCountry = createRuleDecorator('isCountry', {
  validate: (value) => typeof value === 'string' && isSupportedCountry(value),
  message: '$property must be an ISO country code in capital letters, such as BR',
});

/** Whether and how to log objects. */
export const IsStructuredLogs = createRuleDecorator('isStructuredLogs', {
  validate(value) {
    if (typeof value === 'boolean') return true;
    if (!isRecord(value) || Object.keys(value).some((name) => name !== 'messageKey')) return false;
    const { messageKey } = value;
    return messageKey === undefined || (typeof messageKey === 'string' && messageKey !== '');
  },
  message: '$property must be true, false, or { messageKey } with the name of the field for the text',
});

/** A name for URLs and log lines. */
export const IsAccountName = createRuleDecorator('isAccountName', {
  validate(value) {
    // Empty, non-string, malformed and untrimmed values are checked by other rules.
    if (typeof value !== 'string' || value.trim() === '' || !isWellFormed(value)) return true;
    return isAccountName(value.trim());
  },
  message:
    `$property must have at most ${MAX_ACCOUNT_NAME_LENGTH} characters, no line breaks, no control characters, ` +
    'no invisible characters, no "/" and no "\\", and must not be "." or ".."',
});

/** A path that every router interprets in the same way. */
export const IsPlainPath = createRuleDecorator('isPlainPath', {
  validate(value) {
    if (typeof value !== 'string') return true;
    const segments = value.replace(/^\/+|\/+$/g, '').split('/');
    if (segments.length === 1 && segments[0] === '') return true;
    return segments.every((segment) => /^[\w~.-]+$/.test(segment) && segment !== '.' && segment !== '..');
  },
  message:
    '$property must contain only letters, digits, "-", "_", "." and "~", with "/" between segments. ' +
    'Parameters and wildcards are not supported: the URL of each account is {path}/{provider}/{account}',
});
