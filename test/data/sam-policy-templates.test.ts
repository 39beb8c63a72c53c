import { describe, expect, test } from 'vitest';
import { rewriteTemplates } from '../../scripts/refresh/sam-policy-templates.ts';
import { samPolicyTemplate, samPolicyTemplateNames } from '../../src/data/sam-policy-templates.ts';

describe('SAM policy templates', () => {
  test('are all there', () => {
    expect(samPolicyTemplateNames()).toHaveLength(81);
    expect(samPolicyTemplate('NoSuchPolicy')).toBeUndefined();
    expect(samPolicyTemplate('__proto__')).toBeUndefined();
  });

  test('give statements with parameters as holes', () => {
    expect(samPolicyTemplate('SQSPollerPolicy')).toMatchObject({
      parameters: ['QueueName'],
      statements: [{ actions: expect.arrayContaining(['sqs:ReceiveMessage']), resources: ['arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}'] }],
    });
  });

  test('have a hole for every parameter and a parameter for every hole', () => {
    for (const name of samPolicyTemplateNames()) {
      const template = samPolicyTemplate(name);
      const holes = [...JSON.stringify(template?.statements).matchAll(/\$\{([^}]*)\}/g)].flatMap((match) => match[1] ?? []).filter((hole) => !hole.startsWith('AWS::'));
      expect([...new Set(holes)].sort(), name).toEqual([...(template?.parameters ?? [])].sort());
    }
  });

  test('are rewritten from the upstream form', () => {
    const upstream = {
      Templates: {
        DemoPolicy: {
          Parameters: { QueueName: { Description: 'a name' } },
          Definition: {
            Statement: [
              {
                Effect: 'Allow',
                Action: ['sqs:SendMessage'],
                Resource: { 'Fn::Sub': ['arn:${AWS::Partition}:sqs:::${queueName}', { queueName: { Ref: 'QueueName' } }] },
              },
            ],
          },
        },
      },
    };
    expect(JSON.parse(rewriteTemplates(JSON.stringify(upstream)))).toMatchObject({
      templates: { DemoPolicy: { parameters: ['QueueName'], statements: [{ actions: ['sqs:SendMessage'], resources: ['arn:${AWS::Partition}:sqs:::${QueueName}'] }] } },
    });
  });
});
