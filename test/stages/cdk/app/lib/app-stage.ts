import { Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AppStack } from './app-stack.ts';
import { DataStack } from './data-stack.ts';

export class AppStage extends Stage {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const data = new DataStack(this, 'Data');
    new AppStack(this, 'App', { bucket: data.bucket, table: data.table, dataKey: data.key });
  }
}
