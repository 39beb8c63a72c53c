import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findAction, resourceTypesOf, resourceTypesOfService } from '../../src/data/actions.ts';
import { isConditionKey } from '../../src/data/condition-keys.ts';
import { resourceTypeNames, resourceTypeRow } from '../../src/data/resource-types.ts';
import { servicePrincipal } from '../../src/data/service-principals.ts';
import { technique, techniques, type Technique, type TechniquePermission } from '../../src/data/techniques.ts';

const permissionsOf = (row: Technique): readonly TechniquePermission[] => [...row.permissions.all, ...(row.permissions.anyOf ?? []).flat()];

describe('escalation techniques', () => {
  test('have ids of their own', () => {
    const ids = techniques().map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(150);
    expect(technique('lambda-001')?.kind).toBe('pass-role');
    expect(technique('ec2-005')?.id).toBe('ec2-004');
    expect(technique('nope')).toBeUndefined();
  });

  test('name actions, resource types, condition keys and principals that exist', () => {
    for (const row of techniques()) {
      for (const permission of permissionsOf(row)) {
        const action = findAction(permission.action);
        expect(`${action?.service}:${action?.name}`, row.id).toBe(permission.action);
        if (permission.resourceType !== undefined) {
          const name = permission.resourceType.slice(permission.resourceType.indexOf(':') + 1);
          expect(
            resourceTypesOf(permission.action).map((type) => type.name),
            `${row.id} ${permission.action}`,
          ).toContain(name);
        }
      }
      for (const key of row.limitedBy ?? []) expect(isConditionKey(key), `${row.id} ${key}`).toBe(true);
      for (const kind of row.resourceKinds ?? []) {
        const [service = '', name = ''] = kind.split(':');
        expect(
          resourceTypesOfService(service).map((type) => type.name),
          row.id,
        ).toContain(name);
      }
      if (row.trustedService !== undefined) expect(servicePrincipal(row.trustedService), row.id).toBeDefined();
    }
  });

  test('passing a role goes with the service it is passed to', () => {
    for (const row of techniques().filter((one) => one.kind === 'pass-role')) {
      const passed = row.permissions.all.filter((permission) => permission.action === 'iam:PassRole');
      expect(passed, row.id).toEqual([{ action: 'iam:PassRole', target: 'target-role', resourceType: 'iam:role', passedTo: row.trustedService }]);
    }
    for (const row of techniques().filter((one) => one.kind !== 'pass-role'))
      expect(
        permissionsOf(row).map((permission) => permission.action),
        row.id,
      ).not.toContain('iam:PassRole');
  });

  test('a batch job role trusts the service that runs containers', () => {
    expect(technique('batch-001')?.trustedService).toBe('ecs-tasks.amazonaws.com');
  });

  test('taking a resource over touches a resource, changing oneself touches oneself', () => {
    for (const row of techniques().filter((one) => one.kind === 'existing-role')) {
      expect(
        permissionsOf(row).some((permission) => permission.target === 'existing-resource'),
        row.id,
      ).toBe(true);
    }
    for (const row of techniques().filter((one) => one.effect === 'gains-any-permission')) {
      expect(
        row.permissions.all.every((permission) => permission.target === 'self' || permission.heldBy === 'self'),
        row.id,
      ).toBe(true);
    }
  });

  test('the resource-type tables know resources whose role can be taken over', () => {
    const kinds = new Set(
      resourceTypeNames('cloudformation').flatMap((type) => {
        const row = resourceTypeRow('cloudformation', type);
        return row?.roleUses?.some((use) => use.code) === true ? (row.identity?.resource ?? []) : [];
      }),
    );
    // A stack's own role is named when it is deployed, not in its template; the AWS-owned browser and interpreter have no role.
    const elsewhere = new Set(['cloudformation:stack', 'bedrock-agentcore:code-interpreter', 'bedrock-agentcore:browser']);
    const unknown = techniques()
      .flatMap((row) => row.resourceKinds ?? [])
      .filter((kind) => !kinds.has(kind) && !elsewhere.has(kind));
    expect(unknown).toEqual([]);
  });
});

/** The labelled paths belong to the workplace, not to the product. */
const labelled = new URL('../../../shared/oracles/escalation-paths.jsonl', import.meta.url);

describe.skipIf(!existsSync(labelled))('the labelled paths', () => {
  test('are all there with their permissions', () => {
    const lines = existsSync(labelled) ? readFileSync(labelled, 'utf8').trim().split('\n') : [];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const path: { readonly id: string; readonly required: readonly { readonly permission: string }[] } = JSON.parse(line);
      expect(
        technique(path.id)
          ?.permissions.all.map((permission) => permission.action)
          .sort(),
        path.id,
      ).toEqual(path.required.map((one) => one.permission).sort());
    }
  });
});
