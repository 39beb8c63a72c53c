import type { ActionCatalogue } from '../engine/index.ts';
import { actionsOf, resourceTypesOf, services } from '../data/actions.ts';
import { conditionKeyInfo } from '../data/condition-keys.ts';

/** AWS's actions as the symbolic engine asks for them: witnesses then bear names that exist. */
export const CATALOGUE: ActionCatalogue = {
  services,
  actionsOf: (service) => actionsOf(service).map((action) => `${action.service}:${action.name}`),
  arnsOf: (action) => resourceTypesOf(action).flatMap((type) => type.arns),
  isMultivalued: (key) => conditionKeyInfo(key)?.multivalued,
};
