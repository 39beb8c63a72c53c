export * from './types/cdk.js';
