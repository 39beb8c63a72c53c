import type { Guard } from '../core/guard.ts';
import { hole } from '../iam/token.ts';
import { isServiceLinked } from '../model/control-policies.ts';
import type { AttachedPolicy, Policy, Principal } from '../model/model.ts';
import type { AccountControls } from './controls.ts';
import type { DocumentStore, InternedDocument } from './documents.ts';

/** What a principal holds, ready to be asked. Principals of one account that hold the same share a `key`. */
export interface Holding {
  readonly key: string;
  readonly principal: Principal;
  readonly account: string;
  /** Own policies and those of groups; at the positions of `identity`. */
  readonly attached: readonly Policy[];
  readonly identity: readonly InternedDocument[];
  readonly boundary: InternedDocument | 'unknown' | undefined;
  readonly controls: AccountControls;
  readonly serviceLinked: boolean;
  /** More may be attached than is known. */
  readonly open: boolean;
  /** The caller's own tags may be anything: it can set them. */
  readonly choosesTags: boolean;
}

/** The ARN a principal asks under; of a group that of some member. */
export function callerArn({ entity, kind }: Principal): string {
  return kind === 'group' ? entity.arn.replace(/:group\/.*$/, `:user/${hole('~', `member of ${entity.id}`)}`) : entity.arn;
}

/** What a principal has shed of what limits it. */
export type Shed = 'boundary' | 'inline-deny' | 'managed-deny' | 'group-deny' | 'tags';

/** Puts together what a principal holds; `shed` leaves out what it has rid itself of. */
export function holdingOf(principal: Principal, store: DocumentStore, controlsOf: (account: string) => AccountControls, shed?: Shed, named = false): Holding {
  const { entity } = principal;
  const own = principal.policies.map((attached) => ({ attached, place: attached.policy.managed === 'inline' ? ('inline-deny' as const) : ('managed-deny' as const) }));
  const ofGroups = principal.groups.flatMap((group) => group.policies.map((attached) => ({ attached, place: 'group-deny' as const })));
  const documents = [...own, ...ofGroups]
    .map(({ attached, place }) => ({ attached, place, interned: store.intern(attached.policy.document, beyond(attached, principal)) }))
    .filter(({ place, interned }) => place !== shed || !interned.denies);
  const identity = documents.map(({ interned }) => interned);
  const boundary = shed === 'boundary' || principal.boundary === undefined ? undefined : principal.boundary.policy === undefined ? 'unknown' : store.intern(principal.boundary.policy.document);
  const controls = controlsOf(entity.account);
  const personal = controls.personal || identity.some((document) => document.personal) || (typeof boundary === 'object' && boundary.personal);
  const choosesTags = shed === 'tags';
  const parts = [entity.account, principal.kind, identity.map(({ id }) => id).join(','), boundaryKey(boundary), personal || named ? entity.id : '', isServiceLinked(entity) ? 'linked' : '', choosesTags ? 'tags' : ''];
  return {
    key: parts.join('|'),
    principal,
    account: entity.account,
    attached: documents.map(({ attached }) => attached.policy),
    identity,
    boundary,
    controls,
    serviceLinked: isServiceLinked(entity),
    open: principal.unknownAttachments.length > 0 || principal.groups.some((group) => group.unknownAttachments.length > 0),
    choosesTags,
  };
}

function boundaryKey(boundary: Holding['boundary']): string {
  return boundary === undefined ? '' : boundary === 'unknown' ? '?' : String(boundary.id);
}

/** Conditions of an attachment that the principal's own existence does not imply. */
function beyond(attached: AttachedPolicy, principal: Principal): Guard {
  if (attached.when.length === 0) return attached.when;
  const own = principal.entity.from.when;
  return attached.when.filter((literal) => !own.some((known) => known.variable === literal.variable && known.value === literal.value && known.is === literal.is));
}

/** Holdings of all principals, each made when first asked for. */
export function createHoldings(store: DocumentStore, controlsOf: (account: string) => AccountControls, isNamed: (arn: string) => boolean): (principal: Principal) => Holding {
  const memo = new Map<Principal, Holding>();
  return (principal) => {
    const known = memo.get(principal);
    if (known !== undefined) return known;
    const holding = holdingOf(principal, store, controlsOf, undefined, isNamed(principal.entity.arn));
    memo.set(principal, holding);
    return holding;
  };
}
