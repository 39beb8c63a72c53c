import { App } from 'aws-cdk-lib';
import { ShopStack } from '../lib/shop-stack.ts';

const app = new App({ analyticsReporting: false });

new ShopStack(app, 'Shop', { env: { account: '444444444444', region: 'eu-west-1' }, delivery: '333333333333' });

app.synth();
