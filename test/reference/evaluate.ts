/**
 * A second evaluator, written from AWS's pages on policy evaluation without looking at the first one and sharing no code
 * with it. Slow and plain: every policy is walked anew, patterns become regular expressions, nothing is compiled.
 * It knows no holes and no unknowns: whatever is not in the request is absent.
 */
export interface RefRequest {
  principal: string | null;
  anonymous?: boolean | undefined;
  action: string;
  resource: string;
  resourceAccount?: string | undefined;
  context?: Record<string, unknown> | undefined;
}

type Json = Record<string, unknown>;
type Grant = 'self' | 'role' | 'account';

export interface RefPolicies {
  identity?: Json[];
  resource?: Json | null;
  boundary?: Json[];
  session?: Json | null;
  scp?: { id: string; policies: Json[] }[];
  rcp?: { id: string; policies: Json[] }[];
  vpce?: Json[];
}

const RCP = ['s3', 'sts', 'kms', 'sqs', 'secretsmanager', 'ecr', 'aoss', 'cognito-identity', 'cognito-idp', 'logs', 'dynamodb'];

export function referenceDecision(request: RefRequest, policies: RefPolicies): 'allowed' | 'explicit-deny' | 'implicit-deny' {
  if (!/^[^:\s]+:[^:\s]+$/.test(request.action)) return 'implicit-deny';
  const who = whoIs(request);
  const action = request.action.toLowerCase();
  if (action === 'sts:getcalleridentity' && who.type !== 'anonymous') return 'allowed';
  const hasBoundary = (policies.boundary ?? []).length > 0;
  const unsigned = action === 'sts:assumerolewithsaml' || action === 'sts:assumerolewithwebidentity' || who.account === undefined;
  const mine = !unsigned && who.type !== 'root';

  const resourceGrants = policies.resource ? matches(policies.resource, 'Allow', request, true, hasBoundary) : [];
  const rcpApplies = RCP.includes(action.split(':')[0] ?? '') && action !== 'kms:retiregrant';
  const rootFixesBucket = who.type === 'root' && sameAccount(request, who) && /^s3:(get|put|delete)bucketpolicy$/.test(action);
  const denied =
    (mine && [...(policies.identity ?? []), ...(policies.boundary ?? []), ...(policies.session ? [policies.session] : [])].some((doc) => matches(doc, 'Deny', request, false, hasBoundary).length > 0)) ||
    (policies.resource && !rootFixesBucket && matches(policies.resource, 'Deny', request, true, hasBoundary).length > 0) ||
    (!unsigned && (policies.scp ?? []).some((level) => level.policies.some((doc) => matches(doc, 'Deny', request, false, hasBoundary).length > 0))) ||
    (rcpApplies && (policies.rcp ?? []).some((level) => level.policies.some((doc) => matches(doc, 'Deny', request, 'optional', hasBoundary).length > 0))) ||
    (policies.vpce ?? []).some((doc) => matches(doc, 'Deny', request, 'optional', hasBoundary).length > 0);
  if (denied) return 'explicit-deny';

  const allows = (docs: Json[]): boolean => docs.some((doc) => matches(doc, 'Allow', request, false, hasBoundary).length > 0);
  if ((policies.vpce ?? []).length > 0 && !(policies.vpce ?? []).some((doc) => matches(doc, 'Allow', request, 'optional', hasBoundary).length > 0)) return 'implicit-deny';
  if (!unsigned && !(policies.scp ?? []).every((level) => allows(level.policies))) return 'implicit-deny';
  if (unsigned) return resourceGrants.length > 0 ? 'allowed' : 'implicit-deny';

  const limits = who.type === 'root' || ((!hasBoundary || allows(policies.boundary ?? [])) && (!policies.session || allows([policies.session])));
  const own = who.type === 'root' ? action !== 'sts:assumerole' : who.type === 'federated-user' && !policies.session ? false : allows(policies.identity ?? []);
  if (!sameAccount(request, who)) return resourceGrants.length > 0 && own && limits ? 'allowed' : 'implicit-deny';
  if (resourceGrants.includes('self')) return 'allowed';
  if (resourceGrants.includes('role') && limits) return 'allowed';
  const kmsKey = /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(request.resource) && action.startsWith('kms:');
  const trust = /^arn:[^:]*:iam:[^:]*:[^:]*:role\//.test(request.resource) && ['sts:assumerole', 'sts:tagsession', 'sts:setsourceidentity'].includes(action);
  const delegated = !(kmsKey || trust) || resourceGrants.includes('account');
  return own && delegated && limits ? 'allowed' : 'implicit-deny';
}

/** One kind of document on its own: some statement allows and none denies. */
export function referenceAllows(docs: Json[], request: RefRequest, kind: string): boolean {
  const names = kind === 'resource' || kind === 'trust' ? true : kind === 'rcp' || kind === 'endpoint' ? 'optional' : false;
  if (docs.some((doc) => matches(doc, 'Deny', request, names, false).length > 0)) return false;
  return kind === 'rcp' || docs.some((doc) => matches(doc, 'Allow', request, names, false).length > 0);
}

interface Who {
  type: 'user' | 'role' | 'federated-user' | 'root' | 'service' | 'federated' | 'canonical' | 'anonymous';
  account?: string | undefined;
  name?: string | undefined;
  session?: string | undefined;
  principalArn?: string | undefined;
}

function whoIs(request: RefRequest): Who {
  const text = request.principal;
  if (text === null || request.anonymous) return { type: 'anonymous' };
  const session = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(text);
  if (session) {
    const given = lookup(request, 'aws:principalarn', true);
    const principalArn = typeof given === 'string' && given.includes(':role/') ? given : `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
    return { type: 'role', account: session[2], name: session[3], session: session[4], principalArn };
  }
  const iam = /^arn:[^:]*:(iam|sts)::(\d{12}):(root|user\/(?:.*\/)?([^/]+)|federated-user\/([^/]+)|role\/(?:.*\/)?([^/]+))$/.exec(text);
  if (iam) {
    if (iam[3] === 'root') return { type: 'root', account: iam[2], principalArn: text };
    if (iam[4]) return { type: 'user', account: iam[2], name: iam[4], principalArn: text };
    if (iam[5]) return { type: 'federated-user', account: iam[2], name: iam[5], principalArn: text };
    return { type: 'role', account: iam[2], name: iam[6], principalArn: text };
  }
  if (/^arn:[^:]*:iam::\d{12}:(saml|oidc)-provider\//.test(text)) return { type: 'federated', name: text };
  if (['cognito-identity.amazonaws.com', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com'].includes(text)) return { type: 'federated', name: text };
  if (/\.amazonaws\.com(\.cn)?$/.test(text)) return { type: 'service', name: text };
  if (/^[0-9a-f]{64}$/.test(text)) return { type: 'canonical', name: text };
  return { type: 'federated', name: text };
}

function sameAccount(request: RefRequest, who: Who): boolean {
  const fromArn = request.resource.split(':')[4] ?? '';
  const account = request.resourceAccount ?? (/^\d{12}$/.test(fromArn) ? fromArn : who.account);
  return account === who.account;
}

/** The kinds of grant by which statements of one effect match. */
function matches(doc: Json, effect: string, request: RefRequest, names: boolean | 'optional', hasBoundary: boolean): Grant[] {
  const grants: Grant[] = [];
  const modern = doc['Version'] === '2012-10-17';
  for (const statement of list(doc['Statement'])) {
    if (!isObject(statement) || statement['Effect'] !== effect) continue;
    if (!actionMatches(statement, request.action.toLowerCase())) continue;
    if (!resourceMatches(statement, request, modern, names === true)) continue;
    if (!conditionsMatch(statement['Condition'], request, modern)) continue;
    if (names === false) grants.push('self');
    else grants.push(...principalGrants(statement, request, effect, hasBoundary, names === 'optional'));
  }
  return grants;
}

function actionMatches(statement: Json, action: string): boolean {
  const element = statement['Action'] ?? statement['NotAction'];
  if (element === undefined) return false;
  const listed = list(element).some((pattern) => {
    const text = String(pattern).toLowerCase();
    if (/^\*+$/.test(text)) return true;
    return text.includes(':') && globRegex(text, '[^:]').test(action);
  });
  return statement['Action'] !== undefined ? listed : !listed;
}

function resourceMatches(statement: Json, request: RefRequest, modern: boolean, mayLack: boolean): boolean {
  const element = statement['Resource'] ?? statement['NotResource'];
  if (element === undefined) return mayLack;
  const listed = list(element).some((pattern) => resourcePatternMatches(String(pattern), request, modern));
  return statement['Resource'] !== undefined ? listed : !listed;
}

/** Wildcards stay inside a segment, but a star at the end of a segment goes on past the colon. */
function resourcePatternMatches(pattern: string, request: RefRequest, modern: boolean): boolean {
  const segments = splitOutsideVariables(pattern);
  const early = segments.slice(0, 5).some((segment) => segment.includes('${'));
  const filled = segments.map((segment, index) => regexOf(segment, request, modern && !early, (char, isLast) => (index >= 5 || (char === '*' && isLast) ? '.' : '[^:]')));
  if (filled.some((part) => part === null)) return false;
  const body = filled.map((part) => part ?? '').join(':');
  return new RegExp(`^${body}$`, 's').test(request.resource);
}

/** Six segments; what follows the fifth colon is one segment. */
function splitOutsideVariables(pattern: string): string[] {
  const parts: string[] = [];
  let current = '';
  for (let at = 0; at < pattern.length; at += 1) {
    if (pattern.startsWith('${', at) && pattern.includes('}', at)) {
      const end = pattern.indexOf('}', at);
      current += pattern.slice(at, end + 1);
      at = end;
    } else if (pattern[at] === ':' && parts.length < 5) {
      parts.push(current);
      current = '';
    } else current += pattern[at];
  }
  return [...parts, current];
}

/** A pattern's regular expression with its variables filled in; null when one of them has no value. */
function regexOf(pattern: string, request: RefRequest, modern: boolean, wild: (char: string, isLast: boolean) => string, wildcards = true): string | null {
  let out = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (modern && pattern.startsWith('${', at) && pattern.includes('}', at)) {
      const end = pattern.indexOf('}', at);
      const body = pattern.slice(at + 2, end);
      at = end;
      if (body === '*' || body === '?' || body === '$') {
        out += escape(body);
        continue;
      }
      const [key = '', fallback] = body.split(',').map((part) => part.trim());
      const value = lookup(request, key.toLowerCase());
      if (typeof value === 'string') out += escape(value);
      else if (value === undefined && fallback !== undefined) out += escape(fallback.replace(/^'|'$/g, ''));
      else return null;
    } else if (wildcards && (char === '*' || char === '?')) out += wild(char, at === pattern.length - 1) + (char === '*' ? '*' : '');
    else out += escape(char);
  }
  return out;
}

function principalGrants(statement: Json, request: RefRequest, effect: string, hasBoundary: boolean, optional: boolean): Grant[] {
  const who = whoIs(request);
  if (statement['Principal'] !== undefined) return entriesOf(statement['Principal']).flatMap(([type, name]) => grantOf(type, name, who) ?? []);
  if (statement['NotPrincipal'] === undefined) return optional ? ['self'] : [];
  const entries = entriesOf(statement['NotPrincipal']);
  const listed = (pick: (grant: Grant, name: string) => boolean): boolean => entries.some(([type, name]) => {
    const grant = grantOf(type, name, who);
    return grant !== null && pick(grant, name);
  });
  if (listed((_, name) => name === '*')) return [];
  let spared: boolean;
  if (effect === 'Allow' || who.account === undefined || who.type === 'root') spared = listed(() => true);
  else if (who.type === 'user') spared = !hasBoundary && listed((grant) => grant === 'self') && listed((grant) => grant === 'account');
  else if (who.type === 'role') spared = !hasBoundary && listed((grant) => grant === 'self') && listed((grant) => grant === 'role') && listed((grant) => grant === 'account');
  else spared = listed((grant) => grant === 'self') && listed((grant) => grant === 'role') && listed((grant) => grant === 'account');
  return spared ? [] : ['self'];
}

function entriesOf(element: unknown): [string, string][] {
  if (typeof element === 'string') return [['AWS', element === '*' ? '*' : ' nobody']];
  if (!isObject(element)) return [];
  return Object.entries(element).flatMap(([type, names]) => list(names).map((name): [string, string] => [type, String(name)]));
}

function grantOf(type: string, name: string, who: Who): Grant | null {
  if (type === 'AWS' && name === '*') return 'self';
  if (type === 'Service') return who.type === 'service' && (name === '*' || who.name === name) ? 'self' : null;
  if (type === 'Federated') return who.type === 'federated' && (name === '*' || who.name === name) ? 'self' : null;
  if (type === 'CanonicalUser') return who.type === 'canonical' && who.name === name ? 'self' : null;
  if (type !== 'AWS' || who.account === undefined) return null;
  if (name === who.account || new RegExp(`^arn:[^:]*:iam::${who.account}:root$`).test(name)) return 'account';
  if (who.type === 'user') return name === who.principalArn ? 'self' : null;
  if (who.type === 'federated-user') {
    if (name === who.principalArn) return 'self';
    return new RegExp(`^arn:[^:]*:iam::${who.account}:user/(?:.*/)?${escape(who.name ?? '')}$`).test(name) ? 'role' : null;
  }
  if (who.type === 'role') {
    if (new RegExp(`^arn:[^:]*:sts::${who.account}:assumed-role/${escape(who.name ?? '')}/${escape(who.session ?? ' ')}$`).test(name)) return 'self';
    return name === who.principalArn ? 'role' : null;
  }
  return null;
}

function conditionsMatch(block: unknown, request: RefRequest, modern: boolean): boolean {
  if (!isObject(block)) return true;
  return Object.entries(block).every(([operator, keys]) => isObject(keys) && Object.entries(keys).every(([key, values]) => conditionMatches(operator, key.toLowerCase(), list(values).map(String), request, modern)));
}

function conditionMatches(operator: string, key: string, wanted: string[], request: RefRequest, modern: boolean): boolean {
  const given = lookup(request, key);
  if (operator === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === (given === undefined));
  const set = operator.startsWith('ForAllValues:') ? 'all' : operator.startsWith('ForAnyValue:') ? 'any' : 'none';
  let name = operator.replace(/^For(All|Any)Values?:/, '');
  const ifExists = name.endsWith('IfExists');
  if (ifExists) name = name.slice(0, -8);
  const negated = name.includes('Not');
  const positive = name.replace('Not', '');
  if (given === undefined) return ifExists || set === 'all' || (set === 'none' && negated);
  const meets = (value: string): boolean => wanted.some((pattern) => compare(positive, value, pattern, request, modern)) !== negated;
  if (set === 'none') return typeof given === 'string' && meets(given);
  const values = typeof given === 'string' ? [given] : given;
  if (values.every((value) => value === '')) return set === 'all';
  return set === 'all' ? values.every(meets) : values.some(meets);
}

function compare(operator: string, value: string, pattern: string, request: RefRequest, modern: boolean): boolean {
  const any = (): string => '.';
  if (operator === 'StringEquals') return test(regexOf(pattern, request, modern, any, false), value);
  if (operator === 'StringEqualsIgnoreCase') return test(regexOf(pattern, request, modern, any, false)?.toLowerCase() ?? null, value.toLowerCase());
  if (operator === 'StringLike') return test(regexOf(pattern, request, modern, any), value);
  if (operator === 'ArnEquals' || operator === 'ArnLike') return arnMatches(pattern, value, request, modern);
  if (operator === 'Bool') return /^(true|false)$/i.test(value) && test(regexOf(pattern, request, modern, any, false)?.toLowerCase() ?? null, value.toLowerCase());
  if (operator === 'BinaryEquals') return value === pattern;
  if (operator === 'IpAddress') return ipMatches(pattern, value);
  if (operator.startsWith('Numeric')) return ordered(operator.slice(7), Number(value || 'x'), Number(pattern || 'x'));
  if (operator.startsWith('Date')) return ordered(operator.slice(4), seconds(value), seconds(pattern));
  return false;
}

function arnMatches(pattern: string, value: string, request: RefRequest, modern: boolean): boolean {
  const parts = splitOutsideVariables(pattern);
  const given = value.split(':');
  if (parts.length < 6 || given.length < 6 || given[0] !== 'arn') return false;
  const segments = [...given.slice(0, 5), given.slice(5).join(':')];
  return parts.every((part, index) => test(regexOf(part, request, modern, () => '.'), segments[index] ?? ''));
}

function ordered(comparison: string, given: number, wanted: number): boolean {
  if (Number.isNaN(given) || Number.isNaN(wanted)) return false;
  if (comparison === 'Equals') return given === wanted;
  if (comparison === 'LessThan') return given < wanted;
  if (comparison === 'LessThanEquals') return given <= wanted;
  if (comparison === 'GreaterThan') return given > wanted;
  return given >= wanted;
}

function seconds(text: string): number {
  return /^\d{5,}$/.test(text) ? Number(text) : Date.parse(text) / 1000;
}

function ipMatches(block: string, address: string): boolean {
  const [base = '', length] = block.split('/');
  const wanted = bitsOf(base);
  const given = bitsOf(address.split('/')[0] ?? '');
  if (wanted === null || given === null || wanted.length !== given.length) return false;
  const kept = length === undefined ? wanted.length : Number(length);
  return wanted.slice(0, kept) === given.slice(0, kept);
}

function bitsOf(address: string): string | null {
  if (!address.includes(':')) {
    const parts = address.split('.').map(Number);
    return parts.length === 4 && parts.every((part) => part >= 0 && part < 256) ? parts.map((part) => part.toString(2).padStart(8, '0')).join('') : null;
  }
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...middle, ...right].map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

function lookup(request: RefRequest, key: string, givenOnly = false): string | string[] | undefined {
  for (const [name, value] of Object.entries(request.context ?? {})) {
    if (name.toLowerCase() !== key) continue;
    if (!Array.isArray(value)) return String(value);
    return value.length === 0 ? undefined : value.map(String);
  }
  if (givenOnly || !key.startsWith('aws:')) return undefined;
  const who = whoIs(request);
  if (key === 'aws:principalarn') return who.principalArn;
  if (key === 'aws:principalaccount') return who.account;
  if (key === 'aws:username') return who.type === 'user' ? who.name : undefined;
  if (key === 'aws:principaltype') return { user: 'User', role: 'AssumedRole', root: 'Account', 'federated-user': 'FederatedUser', anonymous: 'Anonymous' }[who.type as string];
  if (key === 'aws:principalisawsservice') return who.type === 'anonymous' || who.type === 'federated' ? undefined : String(who.type === 'service');
  if (key === 'aws:principalservicename') return who.type === 'service' ? who.name : undefined;
  if (key === 'aws:resourceaccount') {
    const fromArn = request.resource.split(':')[4] ?? '';
    return request.resourceAccount ?? (/^\d{12}$/.test(fromArn) ? fromArn : who.account);
  }
  return undefined;
}

function test(body: string | null, value: string): boolean {
  return body !== null && new RegExp(`^${body}$`, 's').test(value);
}

function globRegex(pattern: string, wild: string): RegExp {
  return new RegExp(`^${[...pattern].map((char) => (char === '*' ? `${wild}*` : char === '?' ? wild : escape(char))).join('')}$`, 's');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
