import { App } from 'aws-cdk-lib';
import { DeployStack } from '../lib/deploy-stack.ts';
import { ServiceStack } from '../lib/service-stack.ts';

const app = new App({ analyticsReporting: false });

const tooling = '111111111111';
const production = '222222222222';

new DeployStack(app, 'Deploy', { env: { account: tooling, region: 'eu-west-1' } });
new ServiceStack(app, 'Service', { env: { account: production, region: 'eu-west-1' }, partner: '333333333333' });

app.synth();
