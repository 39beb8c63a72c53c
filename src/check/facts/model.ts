import type { AccountRelation, PermissionModel } from '../../model/model.ts';

/** Questions about the model that many rules ask, worked out once per run. */
export interface ModelFacts {
  readonly model: PermissionModel;
  /** How an account relates to the account a policy lives in (both 12 digits or holes). */
  readonly relation: (account: string, home: string) => AccountRelation;
  /** Known actions beyond the catalogue, from configuration. */
  readonly knownActions: ReadonlySet<string>;
}
