import { App } from 'aws-cdk-lib';
import { accounts } from '../lib/accounts.ts';
import { SharedStack } from '../lib/shared-stack.ts';
import { AppStage } from '../lib/app-stage.ts';

const app = new App();

for (const [name, account] of Object.entries(accounts)) {
  new AppStage(app, name, { env: { account, region: 'eu-west-1' } });
}

// No environment: whoever deploys it decides where.
new SharedStack(app, 'Shared');

app.synth();
